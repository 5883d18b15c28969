import { it } from '@jest/globals';

/** Steps that each go on where the one before has left: after one that fails the rest fail at once. */
export function story(): (name: string, step: () => Promise<void>) => void {
  let failed: string | undefined;
  return (name, step) =>
    it(name, async () => {
      if (failed !== undefined) throw new Error(`The step before has failed: ${failed}`);
      failed = name;
      await step();
      failed = undefined;
    });
}
