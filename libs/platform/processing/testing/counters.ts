import type { DomainEvent, Projection } from '../../kernel/index.ts';

export type Counted = DomainEvent<'Counted', { counter: string }>;
export type Counter = { readonly counter: string; readonly count: number; readonly even: boolean };

export const counted = (counter = 'a'): Counted => ({ type: 'Counted', data: { counter } });

/** How often each counter was counted; `folds` says how often that was worked out. */
export function counters(changes: Partial<Projection<Counter, Counted>> = {}) {
  const folds: number[] = [];
  const projection: Projection<Counter, Counted> = {
    name: 'counters',
    version: 1,
    categories: ['counter'],
    fields: [
      { field: 'count', type: 'number' },
      { field: 'even', type: 'boolean' },
    ],
    keys: (event) => [event.data.counter],
    fold: (document, event) => {
      folds.push(event.position);
      const count = (document?.count ?? 0) + 1;
      return { counter: event.data.counter, count, even: count % 2 === 0 };
    },
    ...changes,
  };
  return { projection, folds };
}

export type Placed = DomainEvent<'Placed', { node: string; under: string }>;
export type Node = { readonly node: string; readonly under: string };

export const placed = (node: string, under: string): Placed => ({ type: 'Placed', data: { node, under } });

/** A tree: whoever is placed under its own descendant stays where it is. */
export const tree: Projection<Node, Placed> = {
  name: 'tree',
  version: 1,
  categories: ['node'],
  fields: [{ field: 'under', type: 'text' }],
  relational: true,
  keys: (event) => [event.data.node],
  fold: (_, event, key, documents) => {
    for (let at: string | undefined = event.data.under; at; at = documents.get(at)?.under) {
      if (at === key) return undefined;
    }
    return event.data;
  },
};
