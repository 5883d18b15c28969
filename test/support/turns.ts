import { setImmediate as turn } from 'node:timers/promises';

/** Lets the process go round so often: time enough for what must not happen. */
export async function turns(count = 100): Promise<void> {
  for (let i = 0; i < count; i++) await turn();
}
