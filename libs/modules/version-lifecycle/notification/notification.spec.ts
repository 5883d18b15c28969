import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { AcknowledgeNotification } from './notification.commands.ts';
import { notification } from './notification.decider.ts';
import type { NotificationEvent } from './notification.events.ts';
import { raiseNotification } from './testing/notifications.ts';

const due: NotificationEvent = { type: 'NotificationDue', data: raiseNotification().data };
const acknowledged: NotificationEvent = {
  type: 'NotificationAcknowledged',
  data: { notificationId: 'p-1', workspaceId: 'company1', version: '2026-01-01', user: 'Ada@customer.example' },
};
const acknowledge = (workspaceId = 'company1') =>
  new AcknowledgeNotification({ notificationId: 'p-1', workspaceId }, { at: 5, actor: 'user:ada', traceId: 'trace' });

describe('a notification', () => {
  it('is raised once', () => {
    specify(notification).when(raiseNotification()).then([due]);
    specify(notification).given([due]).when(raiseNotification()).thenNothing();
    specify(notification).given([due, acknowledged]).when(raiseNotification()).thenNothing();
  });

  it('is acknowledged once', () => {
    specify(notification).given([due]).when(acknowledge()).then([acknowledged]);
    specify(notification).given([due, acknowledged]).when(acknowledge()).thenNothing();
  });

  it('that is not there cannot be acknowledged', () =>
    specify(notification).when(acknowledge()).thenRefused('not-found'));

  it('of another workspace does not exist, acknowledged or not', () => {
    specify(notification).given([due]).when(acknowledge('company2')).thenRefused('not-found');
    specify(notification).given([due, acknowledged]).when(acknowledge('company2')).thenRefused('not-found');
  });
});
