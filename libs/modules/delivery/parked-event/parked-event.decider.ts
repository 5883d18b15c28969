import { conflict, notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { ParkedEventCommand } from './parked-event.commands.ts';
import type { ParkedEventEvent, PlatformEventParked } from './parked-event.events.ts';

export const parkedEventStatuses = ['parked', 'replayed', 'dropped'] as const;

/** A platform event that was not taken in, and what its operator has done about it. */
export type ParkedEvent = PlatformEventParked['data'] & { readonly status: (typeof parkedEventStatuses)[number] };

export const parkedEvent: Decider<ParkedEvent | undefined, ParkedEventCommand, ParkedEventEvent> = {
  category: 'parkedEvent',
  initialState: () => undefined,
  evolve,
  decide: (command, state) => {
    if (command.type === 'ParkPlatformEvent') return state ? [] : [{ type: 'PlatformEventParked', data: command.data }];
    if (!state) throw notFound('The parked event');
    switch (command.type) {
      case 'RecordReplay':
        if (state.status === 'dropped') throw conflict('The parked event was dropped.');
        return state.status === 'replayed' ? [] : [{ type: 'ParkedEventReplayed', data: of(state) }];
      case 'DropParkedEvent':
        if (state.status === 'replayed') throw conflict('The parked event was replayed.');
        return state.status === 'dropped' ? [] : [{ type: 'ParkedEventDropped', data: of(state) }];
    }
  },
};

const of = ({ parkedId, stream, revision, type, workspaceId, eventId }: ParkedEvent) => ({
  ...{ parkedId, stream, revision, type, workspaceId, eventId },
});

function evolve(state: ParkedEvent | undefined, event: ParkedEventEvent): ParkedEvent | undefined {
  if (event.type === 'PlatformEventParked') return { ...event.data, status: 'parked' };
  if (!state) return undefined;
  return { ...state, status: event.type === 'ParkedEventReplayed' ? 'replayed' : 'dropped' };
}
