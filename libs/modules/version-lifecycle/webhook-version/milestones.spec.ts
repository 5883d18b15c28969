import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { calendarOf } from './calendar.ts';
import {
  calendarOfOne as calendar,
  DAY,
  expired,
  metadataAt,
  reached,
  released,
  RELEASED_AT,
  supersededAt,
  withdrawn,
} from './testing/version-history.ts';
import { ReachMilestones } from './webhook-version.commands.ts';
import { webhookVersion } from './webhook-version.decider.ts';
import type { Milestone, WebhookVersionEvent } from './webhook-version.events.ts';

const { given } = specify(webhookVersion);
const reach = (version: string, at: number, upTo = at) => new ReachMilestones({ version, upTo }, metadataAt(at));
const two: readonly WebhookVersionEvent[] = [released('one', null), released('two', 'one')];
const all = [reached('announcement'), reached('reminder'), reached('popup')];

describe('a milestone', () => {
  it('is reached when it has come, and once', () => {
    given(two).when(reach('one', calendar.announceAt)).then(all.slice(0, 1));
    given([...two, ...all.slice(0, 1)])
      .when(reach('one', calendar.remindAt - 1))
      .thenNothing();
    given([...two, ...all.slice(0, 1)])
      .when(reach('one', calendar.remindAt))
      .then(all.slice(1, 2));
    given([...two, ...all.slice(0, 2)])
      .when(reach('one', calendar.popupAt))
      .then(all.slice(2));
    given([...two, ...all])
      .when(reach('one', calendar.disableAt - 1))
      .thenNothing();
    given([...two, ...all])
      .when(reach('one', calendar.disableAt))
      .then([expired()]);
    given([...two, ...all, expired()])
      .when(reach('one', calendar.disableAt + DAY))
      .thenNothing();
  });

  it('is not reached by a version that is current, withdrawn, restored, or not known', () => {
    given(two).when(reach('two', calendar.disableAt)).thenNothing();
    given(two).when(reach('nine', calendar.disableAt)).thenNothing();
    const restored = given([...two, reached('announcement'), withdrawn('two', 'one')]);
    restored.when(reach('one', calendar.disableAt)).thenNothing();
    restored.when(reach('two', calendar.disableAt)).thenNothing();
  });

  it('comes again for a version that was restored and superseded once more', () => {
    const at = RELEASED_AT + 90 * DAY;
    given([...two, ...all, withdrawn('two', 'one'), released('three', 'one', { at })])
      .when(reach('one', at))
      .then([
        {
          type: 'MilestoneReached',
          data: {
            version: 'one',
            milestone: 'announcement',
            overtaken: false,
            newest: 'three',
            ...supersededAt(at),
          },
        },
      ]);
  });

  it('that a later one has passed, too, is overtaken', () => {
    const overtaken = (milestone: Milestone) => reached(milestone, { overtaken: true });
    given(two)
      .when(reach('one', calendar.remindAt))
      .then([overtaken('announcement'), reached('reminder')]);
    given(two)
      .when(reach('one', calendar.popupAt))
      .then([overtaken('announcement'), overtaken('reminder'), reached('popup')]);
    given(two)
      .when(reach('one', calendar.disableAt))
      .then([overtaken('announcement'), overtaken('reminder'), overtaken('popup'), expired()]);
  });

  it('is recorded up to the instant that is asked for, and judged by what has come since', () => {
    const overtaken = (milestone: Milestone) => reached(milestone, { overtaken: true });
    const { announceAt, remindAt, popupAt, disableAt } = calendar;
    given(two)
      .when(reach('one', disableAt, announceAt))
      .then([overtaken('announcement')]);
    given([...two, overtaken('announcement')])
      .when(reach('one', popupAt, remindAt))
      .then([overtaken('reminder')]);
    given([...two, ...all.slice(0, 2)])
      .when(reach('one', disableAt, disableAt - 1))
      .then([overtaken('popup')]);
    given([...two, ...all])
      .when(reach('one', disableAt, disableAt))
      .then([expired()]);
  });

  it('is not reached before it has come, whatever is asked for', () => {
    given([...two, ...all.slice(0, 1)])
      .when(reach('one', calendar.remindAt - 1, calendar.disableAt))
      .thenNothing();
    given([...two, ...all])
      .when(reach('one', calendar.disableAt - 1, calendar.disableAt))
      .thenNothing();
  });

  it('of the last week is overtaken by the disabling, not by the date', () =>
    given([...two, ...all.slice(0, 2)])
      .when(reach('one', calendar.disableAt - 1))
      .then([reached('popup')]));
});

describe('a postponed date', () => {
  const postponed = (expiresAt: number, at: number) => {
    const of = calendarOf(expiresAt, at);
    const event: WebhookVersionEvent = {
      type: 'ExpirationPostponed',
      data: { version: 'one', from: calendar.expiresAt, ...of },
    };
    return { of, history: given([...two, ...all, event]) };
  };

  it('is announced at once, and its milestones come again', () => {
    const at = calendar.expiresAt - DAY;
    const { of, history } = postponed(calendar.expiresAt + 60 * DAY, at);
    history.when(reach('one', at)).then([reached('announcement', { of })]);
    history
      .when(reach('one', of.remindAt))
      .then([reached('announcement', { of, overtaken: true }), reached('reminder', { of })]);
  });

  it('that is less than a month away is announced and not reminded of', () => {
    const at = calendar.expiresAt - 10 * DAY;
    const { of, history } = postponed(calendar.expiresAt + DAY, at);
    history.when(reach('one', at - 1)).thenNothing();
    history
      .when(reach('one', at))
      .then([reached('announcement', { of }), reached('reminder', { of, overtaken: true })]);
  });

  it('that is less than a week away is announced, and pops up', () => {
    const at = calendar.expiresAt - DAY;
    const { of, history } = postponed(calendar.expiresAt + DAY, at);
    history
      .when(reach('one', at))
      .then([reached('announcement', { of }), reached('reminder', { of, overtaken: true }), reached('popup', { of })]);
    history
      .when(reach('one', of.expiresAt))
      .then([
        reached('announcement', { of, overtaken: true }),
        reached('reminder', { of, overtaken: true }),
        reached('popup', { of }),
      ]);
    history
      .when(reach('one', of.disableAt))
      .then([
        reached('announcement', { of, overtaken: true }),
        reached('reminder', { of, overtaken: true }),
        reached('popup', { of, overtaken: true }),
        expired(of.expiresAt),
      ]);
  });
});
