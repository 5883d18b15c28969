import type { Projection } from '../../../platform/kernel/index.ts';
import { parkedEvent, type ParkedEvent } from './parked-event.decider.ts';
import type { ParkedEventEvent } from './parked-event.events.ts';

/** The parked event as its decider knows it. */
export type ParkedEventDocument = ParkedEvent & {
  readonly parkedAt: number;
  /** Null while it is parked. */
  readonly settledAt: number | null;
  /** The actor who replayed or dropped it. */
  readonly settledBy: string | null;
};

export const parkedEvents: Projection<ParkedEventDocument, ParkedEventEvent> = {
  name: 'parked-events',
  version: 1,
  categories: ['parkedEvent'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'status', type: 'text', indexed: false },
    { field: 'parkedAt', type: 'number' },
  ],
  indexes: [
    ['workspaceId', 'parkedAt'],
    ['status', 'parkedAt'],
  ],
  keys: (event) => [event.data.parkedId],
  fold: (document, event) => {
    const state = parkedEvent.evolve(document, event);
    if (!state) return undefined;
    const { at, actor } = event.metadata;
    if (!document) return { ...state, parkedAt: at, settledAt: null, settledBy: null };
    return { ...document, ...state, settledAt: at, settledBy: actor };
  },
};
