import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { calendarOf, lastExpirationFrom } from './calendar.ts';
import {
  calendarOfOne as calendar,
  DAY,
  expired,
  metadataAt,
  reached,
  released,
  RELEASED_AT,
  triggerRelease,
  withdrawn,
} from './testing/version-history.ts';
import { PostponeExpiration, ReachMilestones, ReleaseVersion, WithdrawVersion } from './webhook-version.commands.ts';
import { webhookVersion } from './webhook-version.decider.ts';
import type { WebhookVersionEvent } from './webhook-version.events.ts';

const { given, when } = specify(webhookVersion);
const triggers = { 'workspace-created': triggerRelease() };

const release = (version: string, supersedes: string | null, at = RELEASED_AT) =>
  new ReleaseVersion({ version, notes: `of ${version}`, triggers, supersedes }, metadataAt(at));
const postpone = (version: string, expiresAt: number, at: number) =>
  new PostponeExpiration({ version, expiresAt }, metadataAt(at));
const withdraw = (version: string, { webhooks = 0, at = RELEASED_AT } = {}) =>
  new WithdrawVersion({ version, webhooks }, metadataAt(at));
const reach = (version: string, at: number) => new ReachMilestones({ version, upTo: at }, metadataAt(at));

const first = released('one', null);
const two: readonly WebhookVersionEvent[] = [first, released('two', 'one')];
const all = [reached('announcement'), reached('reminder'), reached('popup')];

describe('the first version', () => {
  const releaseFirst = new ReleaseVersion({ version: 'one', notes: '', triggers: {}, supersedes: null }, metadataAt(1));

  it('supersedes none, and is released once', () => {
    const event = { version: 'one', notes: '', triggers: {}, supersedes: null };
    when(releaseFirst).then([{ type: 'VersionReleased', data: event }]);
    given(two).when(releaseFirst).thenNothing();
  });

  it('cannot come after others', () => given(two).when(release('zero', null)).thenRefused('conflict'));
});

describe('a release', () => {
  it('starts the calendar of the version before it', () =>
    given([first])
      .when(release('two', 'one'))
      .then([released('two', 'one', { triggers })]));

  it('cannot reuse a name, nor that of a withdrawn version', () => {
    given(two).when(release('one', 'two')).thenRefused('conflict', /one/);
    given(two).when(release('two', 'two')).thenRefused('conflict', /two/);
    given([...two, withdrawn('two', 'one')])
      .when(release('two', 'one'))
      .thenRefused('conflict', /two/);
  });

  it('that was checked against what is no longer the current version is refused', () => {
    given(two)
      .when(release('three', 'one'))
      .thenRefused('conflict', /meanwhile/);
    given([...two, withdrawn('two', 'one')])
      .when(release('three', 'two'))
      .thenRefused('conflict', /meanwhile/);
  });

  it('leaves the calendars of older versions as they are', () =>
    given([...two, released('three', 'two', { at: RELEASED_AT + DAY }), reached('announcement')])
      .when(reach('one', calendar.remindAt))
      .then([{ type: 'MilestoneReached', data: { ...reached('reminder').data, newest: 'three' } as never }]));
});

describe('the expiration of a version', () => {
  const later = calendar.expiresAt + 30 * DAY;

  it('can be postponed', () =>
    given(two)
      .when(postpone('one', later, RELEASED_AT + DAY))
      .then([
        {
          type: 'ExpirationPostponed',
          data: { version: 'one', from: calendar.expiresAt, ...calendarOf(later, RELEASED_AT + DAY) },
        },
      ]));

  it('can be postponed again, beyond the date it has by then', () => {
    const once: WebhookVersionEvent = {
      type: 'ExpirationPostponed',
      data: { version: 'one', from: calendar.expiresAt, ...calendarOf(later, RELEASED_AT + DAY) },
    };
    const again = given([...two, once]);
    again.when(postpone('one', later - 1, RELEASED_AT + 2 * DAY)).thenRefused('invalid', /expiresAt/);
    again.when(postpone('one', later + 1, RELEASED_AT + 2 * DAY)).then([
      {
        type: 'ExpirationPostponed',
        data: { version: 'one', from: later, ...calendarOf(later + 1, RELEASED_AT + 2 * DAY) },
      },
    ]);
  });

  it('stays as it is when it is postponed to the date it has', () => {
    const at = RELEASED_AT + DAY;
    const data = { version: 'one', from: calendar.expiresAt, ...calendarOf(later, at) };
    const postponed = given([...two, { type: 'ExpirationPostponed', data }]);
    postponed.when(postpone('one', later, at + 1)).thenNothing();
    given(two)
      .when(postpone('one', calendar.expiresAt, at))
      .thenNothing();
    postponed.when(postpone('one', later, later)).thenRefused('conflict', /expired/);
  });

  it('is at most five years ahead', () => {
    const last = lastExpirationFrom(RELEASED_AT);
    given(two)
      .when(postpone('one', last, RELEASED_AT))
      .then([
        {
          type: 'ExpirationPostponed',
          data: { version: 'one', from: calendar.expiresAt, ...calendarOf(last, RELEASED_AT) },
        },
      ]);
    given(two)
      .when(postpone('one', last + 1, RELEASED_AT))
      .thenRefused('invalid', /expiresAt.*five years/);
  });

  it('is only ever moved into the future', () => {
    given(two)
      .when(postpone('one', calendar.expiresAt - 1, RELEASED_AT))
      .thenRefused('invalid', /later than/);
    given(two)
      .when(postpone('one', RELEASED_AT, RELEASED_AT))
      .thenRefused('invalid', /future/);
  });

  it('cannot be postponed once it has come', () => {
    given(two)
      .when(postpone('one', later, calendar.expiresAt))
      .thenRefused('conflict', /expired/);
    given([...two, ...all, expired()])
      .when(postpone('one', later, calendar.disableAt))
      .thenRefused('conflict', /expired/);
  });

  it('is that of superseded versions only', () => {
    given(two)
      .when(postpone('two', later, RELEASED_AT))
      .thenRefused('conflict', /current/);
    given(two)
      .when(postpone('three', later, RELEASED_AT))
      .thenRefused('not-found');
    given([...two, withdrawn('two', 'one')])
      .when(postpone('two', later, RELEASED_AT))
      .thenRefused('conflict', /withdrawn/);
  });
});

describe('a withdrawal', () => {
  it('makes the version before current again', () => {
    given(two)
      .when(withdraw('two'))
      .then([withdrawn('two', 'one')]);
    given([...two, withdrawn('two', 'one')])
      .when(release('three', 'one'))
      .then([released('three', 'one', { triggers })]);
  });

  it('goes back beyond versions that were withdrawn before', () =>
    given([...two, withdrawn('two', 'one'), released('three', 'one')])
      .when(withdraw('three'))
      .then([withdrawn('three', 'one')]));

  it('is refused to a version that was taken up', () =>
    given(two)
      .when(withdraw('two', { webhooks: 1 }))
      .thenRefused('conflict', /taken up/));

  it('is refused once the version before has expired, by the date it has by then', () => {
    const { expiresAt } = calendar;
    given(two)
      .when(withdraw('two', { at: expiresAt - 1 }))
      .then([withdrawn('two', 'one')]);
    given(two)
      .when(withdraw('two', { at: expiresAt }))
      .thenRefused('conflict', /one has expired/);
    const postponed = calendarOf(expiresAt + DAY, RELEASED_AT);
    const later = given([
      ...two,
      { type: 'ExpirationPostponed', data: { version: 'one', from: expiresAt, ...postponed } },
    ]);
    later.when(withdraw('two', { at: expiresAt })).then([withdrawn('two', 'one')]);
    later.when(withdraw('two', { at: expiresAt + DAY })).thenRefused('conflict', /expired/);
  });

  it('is refused to any but the current version, and to the first', () => {
    given(two).when(withdraw('one')).thenRefused('conflict', /first/);
    given([first]).when(withdraw('one')).thenRefused('conflict', /first/);
    given([...two, released('three', 'two')])
      .when(withdraw('two'))
      .thenRefused('conflict', /superseded/);
    given([...two, withdrawn('two', 'one')])
      .when(withdraw('two'))
      .thenRefused('conflict', /withdrawn/);
    given(two).when(withdraw('nine')).thenRefused('not-found');
  });
});
