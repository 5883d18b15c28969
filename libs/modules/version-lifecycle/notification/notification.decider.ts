import { notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { NotificationCommand } from './notification.commands.ts';
import type { NotificationDue, NotificationEvent } from './notification.events.ts';

/** A pop-up for one admin of a workspace. */
export type Notification = NotificationDue['data'] & { readonly acknowledged: boolean };

export const notification: Decider<Notification | undefined, NotificationCommand, NotificationEvent> = {
  category: 'notification',
  initialState: () => undefined,
  evolve: (state, event) => {
    if (event.type === 'NotificationDue') return { ...event.data, acknowledged: false };
    return state && { ...state, acknowledged: true };
  },
  decide: (command, state) => {
    if (command.type === 'RaiseNotification') return state ? [] : [{ type: 'NotificationDue', data: command.data }];
    const { notificationId, workspaceId } = command.data;
    if (state?.workspaceId !== workspaceId) throw notFound('The notification');
    if (state.acknowledged) return [];
    const { version, user } = state;
    return [{ type: 'NotificationAcknowledged', data: { notificationId, workspaceId, version, user } }];
  },
};
