import { day, text, type Data } from './event-data.ts';

export const versionSentences: Readonly<Record<string, (data: Data) => string>> = {
  VersionReleased: (data) => {
    const superseded = data['supersedes'] as Data | null;
    const expiring =
      superseded === null ? '' : `: ${lower(version(superseded))} expires on ${day(superseded, 'expiresAt')}`;
    return `${version(data)} was released${expiring}.`;
  },
  ExpirationPostponed: (data) =>
    `The expiration of ${lower(version(data))} was postponed from ${day(data, 'from')} to ${day(data, 'expiresAt')}.`,
  VersionWithdrawn: (data) => `${version(data)} was withdrawn: ${text(data, 'restores')} is the current one again.`,
  MilestoneReached: (data) => {
    const { begin, onTime, late } = milestones[text(data, 'milestone')] ?? anyOther;
    const expiring = `${lower(version(data))} expires on ${day(data, 'expiresAt')}`;
    return `${begin} that ${expiring} ${data['overtaken'] === true ? late : onTime}.`;
  },
  VersionExpired: (data) => `${version(data)} has expired: webhooks that are still on it are disabled.`,
  NoticeSent: (data) => `${mail(data)} was sent to ${text(data, 'address')}.`,
  NoticeFailed: (data) => {
    const { address, error } = { address: text(data, 'address'), error: text(data, 'error') };
    if (data['refused'] === true) return `${mail(data)} was refused for ${address}: ${error}`;
    const next = typeof data['nextAttemptAt'] === 'number' ? 'will be tried again' : 'is given up';
    return `${mail(data)} could not be sent to ${address}, and ${next}: ${error}`;
  },
  NoticeSkipped: (data) => {
    const reason = unsent[text(data, 'reason')] ?? 'it was not true any more';
    return `${mail(data)} was not sent to ${text(data, 'address')}: ${reason}.`;
  },
  NotificationDue: (data) => `${popup(data)} was raised.`,
  NotificationAcknowledged: (data) => `${popup(data)} was acknowledged.`,
};

const unsent: Readonly<Record<string, string>> = {
  overtaken: 'it would have come too late',
  moved: 'none of its webhooks is on that version any more',
  untold: 'nobody there had been told that it would',
};

const anyOther = { begin: 'A milestone', onTime: 'has come', late: 'has passed' };
const milestones: Readonly<Record<string, typeof anyOther>> = {
  announcement: {
    begin: 'The announcement',
    onTime: 'is due: the admins of its webhooks are mailed',
    late: 'has no use any more: nobody is mailed',
  },
  reminder: {
    begin: 'The reminder',
    onTime: 'is due: the admins of its webhooks are mailed, and drafts are made',
    late: 'has no use any more: drafts are made, and nobody is mailed',
  },
  popup: {
    begin: 'The pop-up',
    onTime: 'is due for the admins of its webhooks',
    late: 'has no use any more',
  },
};

const mails: Readonly<Record<string, string>> = {
  announcement: 'The announcement',
  reminder: 'The reminder',
};
const mail = (data: Data): string => {
  if (data['milestone'] === 'withdrawal') return `The e-mail that ${lower(version(data))} does not expire after all`;
  return `${mails[text(data, 'milestone')] ?? 'The e-mail'} that ${lower(version(data))} expires`;
};
const popup = (data: Data): string =>
  `The pop-up for ${text(data, 'user')} that ${lower(version(data))} expires${on(day(data, 'expiresAt'))}`;
const on = (date: string): string => (date === '' ? '' : ` on ${date}`);

const version = (data: Data): string => `Webhook version ${text(data, 'version')}`;
const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
