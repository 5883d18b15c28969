import { conflict, notFound, type Decider, type Position } from '../../../platform/kernel/index.ts';
import type { RecordProgress, RedeliveryCommand } from './redelivery.commands.ts';
import type { EndReason, RedeliveryEvent, RedeliveryStarted } from './redelivery.events.ts';

export const redeliveryStatuses = ['running', 'finished', 'cancelled'] as const;

/** A job that asks for deliveries again, one after the other. */
export type Redelivery = RedeliveryStarted['data'] & {
  readonly status: (typeof redeliveryStatuses)[number];
  /** Null unless it is finished. */
  readonly reason: EndReason | null;
  readonly requested: number;
  /** Looked at and left alone: under way already, cancelled, or of no selected status. */
  readonly passed: number;
  /** By webhook, how far it has got. */
  readonly cursors: Readonly<Record<string, Position>>;
};

export const redelivery: Decider<Redelivery | undefined, RedeliveryCommand, RedeliveryEvent> = {
  category: 'redelivery',
  initialState: () => undefined,
  evolve,
  decide: (command, state) => {
    if (command.type === 'StartRedelivery') {
      if (state) throw conflict('A redelivery with this id exists.');
      return [{ type: 'RedeliveryStarted', data: command.data }];
    }
    if (!state) throw notFound('The redelivery');
    switch (command.type) {
      case 'RecordProgress':
        return recordProgress(command.data, state);
      case 'FinishRedelivery':
        if (state.status !== 'running') return [];
        return [{ type: 'RedeliveryFinished', data: { ...of(state), ...counts(state), reason: command.data.reason } }];
      case 'CancelRedelivery':
        if (state.status === 'finished') throw conflict('The redelivery has finished.');
        if (state.status === 'cancelled') return [];
        return [{ type: 'RedeliveryCancelled', data: { ...of(state), ...counts(state) } }];
    }
  },
};

function recordProgress({ cursor, requested, passed }: RecordProgress['data'], state: Redelivery): RedeliveryEvent[] {
  const isKnown = cursor.eventPosition <= (state.cursors[cursor.webhookId] ?? -1);
  if (state.status !== 'running' || isKnown) return [];
  return [{ type: 'RedeliveryProgressed', data: { ...of(state), cursor, requested, passed } }];
}

const of = ({ redeliveryId, workspaceId, webhookId }: Redelivery) => ({ redeliveryId, workspaceId, webhookId });
const counts = ({ requested, passed }: Redelivery) => ({ requested, passed });

function evolve(state: Redelivery | undefined, event: RedeliveryEvent): Redelivery | undefined {
  if (event.type === 'RedeliveryStarted') {
    return { ...event.data, status: 'running', reason: null, requested: 0, passed: 0, cursors: {} };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'RedeliveryProgressed': {
      const { cursor, requested, passed } = event.data;
      return {
        ...state,
        requested: state.requested + requested,
        passed: state.passed + passed,
        cursors: { ...state.cursors, [cursor.webhookId]: cursor.eventPosition },
      };
    }
    case 'RedeliveryFinished':
      return { ...state, status: 'finished', reason: event.data.reason };
    case 'RedeliveryCancelled':
      return { ...state, status: 'cancelled' };
  }
}
