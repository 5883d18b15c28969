import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import { notification, type Notification } from './notification.decider.ts';
import type { NotificationEvent } from './notification.events.ts';

/** The notification as its decider knows it. */
export type NotificationDocument = Notification & {
  readonly raisedAt: Instant;
  /** The address in lower case. */
  readonly userKey: string;
};

export const notifications: Projection<NotificationDocument, NotificationEvent> = {
  name: 'notifications',
  version: 1,
  categories: ['notification'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'userKey', type: 'text', indexed: false },
    { field: 'acknowledged', type: 'boolean', indexed: false },
    { field: 'version', type: 'text', indexed: false },
    { field: 'raisedAt', type: 'number', indexed: false },
  ],
  indexes: [
    ['acknowledged', 'raisedAt'],
    ['workspaceId', 'acknowledged', 'raisedAt'],
  ],
  byPosition: false,
  keys: (event) => [event.data.notificationId],
  fold: (document, event) => {
    const state = notification.evolve(document, event);
    return state && { ...state, raisedAt: document?.raisedAt ?? event.metadata.at, userKey: state.user.toLowerCase() };
  },
};
