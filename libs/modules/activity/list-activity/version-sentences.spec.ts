import { describe, expect, it } from '@jest/globals';
import { sentenceFor } from './sentences.ts';

const webhook = { webhookId: 'w-1', workspaceId: 'company1' };
const expiresAt = Date.parse('2027-05-01T09:00:00Z');
const version = '2026-01-01';
const expiring = { version, expiresAt };
const mail = { workspaceId: 'company1', version, milestone: 'reminder', address: 'ada@a.example' };
const popup = { workspaceId: 'company1', version, user: 'ada@a.example' };

describe('what is said of webhook versions', () => {
  it.each([
    [
      'VersionReleased',
      { version: '2026-11-01', supersedes: expiring },
      'Webhook version 2026-11-01 was released: webhook version 2026-01-01 expires on 1 May 2027.',
    ],
    ['VersionReleased', { version, supersedes: null }, 'Webhook version 2026-01-01 was released.'],
    [
      'ExpirationPostponed',
      { ...expiring, from: Date.parse('2027-04-01T00:00:00Z') },
      'The expiration of webhook version 2026-01-01 was postponed from 1 April 2027 to 1 May 2027.',
    ],
    [
      'VersionWithdrawn',
      { version: '2026-11-01', restores: version },
      'Webhook version 2026-11-01 was withdrawn: 2026-01-01 is the current one again.',
    ],
    [
      'MilestoneReached',
      { ...expiring, milestone: 'announcement', overtaken: false },
      'The announcement that webhook version 2026-01-01 expires on 1 May 2027 is due: the admins of its webhooks are mailed.',
    ],
    [
      'MilestoneReached',
      { ...expiring, milestone: 'reminder', overtaken: true },
      'The reminder that webhook version 2026-01-01 expires on 1 May 2027 has no use any more: drafts are made, and nobody is mailed.',
    ],
    [
      'MilestoneReached',
      { ...expiring, milestone: 'popup', overtaken: false },
      'The pop-up that webhook version 2026-01-01 expires on 1 May 2027 is due for the admins of its webhooks.',
    ],
    ['VersionExpired', expiring, 'Webhook version 2026-01-01 has expired: webhooks that are still on it are disabled.'],
    ['NoticeSent', mail, 'The reminder that webhook version 2026-01-01 expires was sent to ada@a.example.'],
    [
      'NoticeSent',
      { ...mail, milestone: 'withdrawal' },
      'The e-mail that webhook version 2026-01-01 does not expire after all was sent to ada@a.example.',
    ],
    [
      'NoticeFailed',
      { ...mail, refused: true, nextAttemptAt: null, error: '550 No such user' },
      'The reminder that webhook version 2026-01-01 expires was refused for ada@a.example: 550 No such user',
    ],
    [
      'NoticeFailed',
      { ...mail, refused: false, nextAttemptAt: 5, error: '451 Later' },
      'The reminder that webhook version 2026-01-01 expires could not be sent to ada@a.example, and will be tried again: 451 Later',
    ],
    [
      'NoticeFailed',
      { ...mail, refused: false, nextAttemptAt: null, error: '451 Later' },
      'The reminder that webhook version 2026-01-01 expires could not be sent to ada@a.example, and is given up: 451 Later',
    ],
    [
      'NoticeSkipped',
      { ...mail, milestone: 'announcement', reason: 'overtaken' },
      'The announcement that webhook version 2026-01-01 expires was not sent to ada@a.example: it would have come too late.',
    ],
    [
      'NoticeSkipped',
      { ...mail, reason: 'void' },
      'The reminder that webhook version 2026-01-01 expires was not sent to ada@a.example: it was not true any more.',
    ],
    [
      'NoticeSkipped',
      { ...mail, reason: 'moved' },
      'The reminder that webhook version 2026-01-01 expires was not sent to ada@a.example: none of its webhooks is on that version any more.',
    ],
    [
      'NoticeSkipped',
      { ...mail, milestone: 'withdrawal', reason: 'untold' },
      'The e-mail that webhook version 2026-01-01 does not expire after all was not sent to ada@a.example: nobody there had been told that it would.',
    ],
    [
      'NotificationDue',
      { ...popup, expiresAt },
      'The pop-up for ada@a.example that webhook version 2026-01-01 expires on 1 May 2027 was raised.',
    ],
    [
      'NotificationAcknowledged',
      popup,
      'The pop-up for ada@a.example that webhook version 2026-01-01 expires was acknowledged.',
    ],
  ])('after %s is a sentence', (type, data, sentence) => expect(sentenceFor({ type, data })).toBe(sentence));
});

describe('what is said of a webhook that moves, or does not', () => {
  it.each([
    [
      'DraftCreated',
      { ...webhook, target: '2026-11-01', of: version, by: 'admin' },
      'A draft of webhook w-1 on version 2026-11-01 was made.',
    ],
    [
      'DraftCreated',
      { ...webhook, target: '2026-11-01', of: version, by: 'calendar' },
      'A draft of webhook w-1 on version 2026-11-01 was made, as version 2026-01-01 will expire.',
    ],
    ['DraftChanged', { ...webhook, target: '2026-11-01', changes: {} }, 'The draft of webhook w-1 was changed.'],
    [
      'DraftPublished',
      { ...webhook, target: '2026-11-01' },
      'The draft of webhook w-1 on version 2026-11-01 was published.',
    ],
    [
      'DraftDiscarded',
      { ...webhook, target: '2026-11-01', of: version },
      'The draft of webhook w-1 on version 2026-11-01 was discarded.',
    ],
    [
      'TestRequested',
      { ...webhook, target: { url: 'https://new' } },
      'A test alert was asked for; it goes to the draft of webhook w-1.',
    ],
    [
      'WebhookDisabled',
      { ...webhook, by: 'expired', version },
      'Webhook w-1 was disabled because its version 2026-01-01 has expired.',
    ],
  ])('after %s is a sentence', (type, data, sentence) => expect(sentenceFor({ type, data })).toBe(sentence));
});
