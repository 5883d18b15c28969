import type { Projection } from '../../kernel/index.ts';
import type { Collection, ReadModel } from '../../read-model/index.ts';

type Served<Doc extends object> = Collection<Doc> & { readonly stale: boolean };

/** The same documents, with some of the calls in other hands. */
export function altered<Doc extends object>(
  documents: Collection<Doc>,
  changes: Partial<Collection<Doc>>,
): Served<Doc> {
  return {
    stale: false,
    get: (...of) => documents.get(...of),
    getMany: (...of) => documents.getMany(...of),
    find: (...of) => documents.find(...of),
    count: (...of) => documents.count(...of),
    checkpoint: () => documents.checkpoint(),
    commit: (...of) => documents.commit(...of),
    ...changes,
  };
}

/** The same documents, whose commits begin when `before` is done, and fail if that does. */
export function beforeCommits<Doc extends object>(
  documents: Collection<Doc>,
  before: () => Promise<unknown>,
): Served<Doc> {
  return altered(documents, {
    commit: async (...of) => {
      await before();
      await documents.commit(...of);
    },
  });
}

/** The same read model, with rebuilds whose commits begin when `before` is done, and a swap that may be another. */
export function rebuilding(
  readModel: ReadModel,
  before: () => Promise<unknown>,
  swap = (name: string) => readModel.swap(name),
): ReadModel {
  return {
    live: (projection) => readModel.live(projection),
    swap,
    close: () => readModel.close(),
    rebuild: async <Doc extends object>(projection: Projection<Doc, never>) =>
      beforeCommits(await readModel.rebuild(projection), before),
  };
}
