import type { Projection } from '../../kernel/index.ts';
import type { Collection, Query, ReadModel, Stored } from '../port.ts';

export type Task = {
  readonly title?: string | null;
  readonly owner?: string | null;
  readonly dueAt?: number | null;
  readonly urgent?: boolean | null;
  readonly details?: unknown;
};
export type Tasks = Collection<Task> & { readonly stale: boolean };

/** The read model of a test, empty at first, and a way to close it and open its data again. */
export type Store = { readonly model: () => ReadModel; readonly reopen: () => Promise<ReadModel> };

export const tasks = (change: Partial<Projection<Task, never>> = {}): Projection<Task, never> => ({
  name: 'tasks',
  version: 1,
  categories: [],
  fields: [
    { field: 'title', type: 'text' },
    { field: 'owner', type: 'text' },
    { field: 'dueAt', type: 'number' },
    { field: 'urgent', type: 'boolean' },
  ],
  indexes: [['owner', 'dueAt']],
  keys: () => [],
  fold: () => undefined,
  ...change,
});

export const stored = (id: string, position: number, document: Task = {}): Stored<Task> => ({ id, position, document });

export const idsOf = (items: readonly Stored<Task>[]): readonly string[] => items.map(({ id }) => id);

export const found = async (collection: Collection<Task>, query: Query): Promise<readonly string[]> =>
  idsOf((await collection.find(query)).items);

/** All pages of a query, by their cursors; `between` runs after each page. */
export async function pagesOf(
  collection: Collection<Task>,
  query: Query,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly (readonly Stored<Task>[])[]> {
  const pages: (readonly Stored<Task>[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await collection.find(cursor === undefined ? query : { ...query, skip: 0, cursor });
    pages.push(page.items);
    cursor = page.nextCursor ?? undefined;
    await between(pages.length);
  } while (cursor !== undefined);
  return pages;
}

/** What all pages of a query hold, by their numbers. */
export async function numberedPages(collection: Collection<Task>, query: Query): Promise<readonly Stored<Task>[]> {
  const all: Stored<Task>[] = [];
  for (;;) {
    const { items, nextCursor } = await collection.find({ ...query, skip: all.length });
    all.push(...items);
    if (nextCursor === null) return all;
  }
}
