import { conflict, type Decider } from '../../../platform/kernel/index.ts';
import type { UserCommand } from './user.commands.ts';
import type { UserEvent } from './user.events.ts';

export type User = undefined | { readonly email: string };

/** E-mail addresses are compared without regard to case. */
export const canonicalEmail = (email: string): string => email.toLowerCase();

export const user: Decider<User, UserCommand, UserEvent> = {
  category: 'user',
  initialState: () => undefined,
  evolve: (_state, event) => ({ email: event.data.email }),
  decide: (command, state) => {
    if (!state) return [{ type: 'UserRegistered', data: command.data }];
    if (canonicalEmail(state.email) !== canonicalEmail(command.data.email)) {
      throw conflict('A user with this id is registered with another address.');
    }
    return [];
  },
};
