import { afterEach, beforeEach, describe } from '@jest/globals';
import type { ReadModel } from './port.ts';
import { describeCommits } from './testing/commit-rules.ts';
import { describeDocuments } from './testing/document-rules.ts';
import { describePaging } from './testing/paging-rules.ts';
import { describeQueries } from './testing/query-rules.ts';
import { describeRebuilds } from './testing/rebuild-rules.ts';

export type Harness = {
  /** An empty read model. */
  readonly make: () => Promise<ReadModel>;
  /** The data of `make`, opened again; the suite has closed the one before. */
  readonly reopen: () => Promise<ReadModel>;
  readonly dispose: () => Promise<void>;
};

/** What every adapter of the read-model port has to do. One harness a test. */
export function describeReadModel(name: string, makeHarness: () => Promise<Harness>): void {
  describe(name, () => {
    let harness: Harness;
    let model: ReadModel;
    beforeEach(async () => {
      harness = await makeHarness();
      model = await harness.make();
    });
    afterEach(async () => {
      await model.close();
      await harness.dispose();
    });
    const store = {
      model: () => model,
      reopen: async () => {
        await model.close();
        model = await harness.reopen();
        return model;
      },
    };
    describeCommits(store);
    describeDocuments(store);
    describeQueries(store);
    describePaging(store);
    describeRebuilds(store);
  });
}
