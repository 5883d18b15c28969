import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { calendarOf } from './calendar.ts';
import {
  calendarOfOne as calendar,
  DAY,
  expired,
  reached,
  released,
  RELEASED_AT,
  triggerRelease,
  withdrawn,
} from './testing/version-history.ts';
import type { WebhookVersionEvent } from './webhook-version.events.ts';
import { webhookVersions } from './webhook-versions.projection.ts';

const triggers = { 'workspace-created': triggerRelease() };
const after = (...events: WebhookVersionEvent[]) =>
  projecting(
    webhookVersions,
    record(
      [released('one', null), released('two', 'one', { triggers }), ...events],
      () => 'webhookVersion-releases',
      1,
    ),
  );

describe('the document of a version', () => {
  it('has what was released, and when', () =>
    after().then({
      one: { name: 'one', order: 0, releasedAt: 1, notes: 'of one', triggers: {}, supersedes: null },
      two: { name: 'two', order: 1, releasedAt: 2, notes: 'of two', triggers, supersedes: 'one' },
    }));

  it('has a calendar from when another supersedes it, and is due at once', () =>
    after().then({
      one: { calendar, reached: [], expired: false, dueAt: RELEASED_AT },
      two: { calendar: null, dueAt: null },
    }));

  it('is due when the next milestone is', () => {
    after(reached('announcement')).then({ one: { reached: ['announcement'], dueAt: calendar.remindAt } });
    after(reached('announcement'), reached('reminder')).then({ one: { dueAt: calendar.popupAt } });
    after(reached('announcement'), reached('reminder'), reached('popup')).then({ one: { dueAt: calendar.disableAt } });
  });

  it('is never due again once it has expired', () =>
    after(reached('announcement'), reached('reminder'), reached('popup'), expired()).then({
      one: { expired: true, withdrawn: false, calendar, dueAt: null },
    }));

  it('begins again with a postponed date', () => {
    const postponed = calendarOf(calendar.expiresAt + 30 * DAY, RELEASED_AT + DAY);
    const data = { version: 'one', from: calendar.expiresAt, ...postponed };
    after(reached('announcement'), { type: 'ExpirationPostponed', data }).then({
      one: { calendar: postponed, reached: [], dueAt: RELEASED_AT + DAY },
    });
  });

  it('of a withdrawn version stays, and that of the version before has no calendar any more', () =>
    after(reached('announcement'), withdrawn('two', 'one')).then({
      one: { withdrawn: false, calendar: null, reached: [], dueAt: null },
      two: { withdrawn: true, calendar: null, dueAt: null, triggers },
    }));
});
