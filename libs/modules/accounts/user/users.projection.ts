import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import { canonicalEmail, user, type KnownUser } from './user.decider.ts';
import type { UserEvent } from './user.events.ts';

/** The user as the decider knows them. */
export type UserDocument = KnownUser & {
  /** The address as it is compared. */
  readonly emailKey: string;
  /** Of the last invitation; of the first administrator, when they were registered. */
  readonly invitedAt: Instant;
};

export const users: Projection<UserDocument, UserEvent> = {
  name: 'users',
  version: 1,
  categories: ['user'],
  fields: [
    { field: 'workspaceId', type: 'text' },
    { field: 'status', type: 'text', indexed: false },
    { field: 'role', type: 'text', indexed: false },
    { field: 'emailKey', type: 'text' },
    { field: 'invitedAt', type: 'number' },
  ],
  keys: (event) => [event.data.userId],
  fold: (document, event) => {
    const state = user.evolve(document, event);
    if (!state) return undefined;
    const isNew = event.type === 'UserRegistered' || event.type === 'UserInvited';
    const invitedAt = isNew || !document ? event.metadata.at : document.invitedAt;
    return { ...state, emailKey: canonicalEmail(state.email), invitedAt };
  },
};
