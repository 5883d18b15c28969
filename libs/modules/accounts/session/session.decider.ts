import { conflict, notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { SessionCommand } from './session.commands.ts';
import type { SessionEvent } from './session.events.ts';

export type Session = { readonly userId: string; readonly status: 'started' | 'ended' } | undefined;

export const session: Decider<Session, SessionCommand, SessionEvent> = {
  category: 'session',
  initialState: () => undefined,
  evolve: (state, event) => {
    if (event.type === 'SessionStarted') return { userId: event.data.userId, status: 'started' };
    return state && { ...state, status: 'ended' };
  },
  decide: (command, state) => {
    if (command.type === 'StartSession') {
      if (state) throw conflict('A session with this id has been started already.');
      return [{ type: 'SessionStarted', data: command.data }];
    }
    if (!state) throw notFound('The session');
    const { sessionId } = command.data;
    return state.status === 'ended' ? [] : [{ type: 'SessionEnded', data: { sessionId, userId: state.userId } }];
  },
};
