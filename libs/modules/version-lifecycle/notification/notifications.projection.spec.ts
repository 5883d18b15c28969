import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { NotificationEvent } from './notification.events.ts';
import { notifications } from './notifications.projection.ts';
import { raiseNotification } from './testing/notifications.ts';

const { data } = raiseNotification();
const due: NotificationEvent = { type: 'NotificationDue', data };
const acknowledged: NotificationEvent = {
  type: 'NotificationAcknowledged',
  data: { notificationId: 'p-1', workspaceId: 'company1', version: data.version, user: data.user },
};
const after = (...events: NotificationEvent[]) =>
  projecting(
    notifications,
    record(events, () => 'notification-p-1', 1_000),
  );

describe('the document of a notification', () => {
  it('says what it is about, since when, and is found by the address in any case', () =>
    after(due).then({
      'p-1': { ...data, acknowledged: false, raisedAt: 1_000, userKey: 'ada@customer.example' },
    }));

  it('stays when it is acknowledged', () =>
    after(due, acknowledged).then({ 'p-1': { ...data, acknowledged: true, raisedAt: 1_000 } }));
});
