import type { Projection } from '../../../platform/kernel/index.ts';
import { redelivery, type Redelivery } from './redelivery.decider.ts';
import type { RedeliveryEvent } from './redelivery.events.ts';

/** The job as its decider knows it. */
export type RedeliveryDocument = Redelivery & {
  /** Of the stream's last event. */
  readonly revision: number;
  readonly startedAt: number;
  /** The actor who asked for it. What it asks for is asked for by the same, and under the same trace. */
  readonly startedBy: string;
  readonly traceId: string;
  /** Null while it is running. */
  readonly endedAt: number | null;
};

export const redeliveries: Projection<RedeliveryDocument, RedeliveryEvent> = {
  name: 'redeliveries',
  version: 1,
  categories: ['redelivery'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'webhookId', type: 'text', indexed: false },
    { field: 'what', type: 'text', indexed: false },
    { field: 'status', type: 'text' },
    { field: 'startedAt', type: 'number' },
  ],
  indexes: [
    ['workspaceId', 'startedAt'],
    ['webhookId', 'startedAt'],
  ],
  keys: (event) => [event.data.redeliveryId],
  fold: (document, event) => {
    const state = redelivery.evolve(document, event);
    if (!state) return undefined;
    const { at, actor, traceId } = event.metadata;
    return {
      startedAt: at,
      startedBy: actor,
      traceId,
      ...document,
      ...state,
      revision: event.revision,
      endedAt: state.status === 'running' ? null : (document?.endedAt ?? at),
    };
  },
};
