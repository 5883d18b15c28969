import type { Calendar, Milestone, WebhookVersionEvent } from './webhook-version.events.ts';

/** What becomes of one release. */
export type Version = {
  readonly name: string;
  readonly supersedes: string | null;
  /** Null while it is current, and once it is withdrawn. */
  readonly calendar: Calendar | null;
  /** Those of the present calendar. */
  readonly reached: readonly Milestone[];
  /** What was still on it is disabled. */
  readonly expired: boolean;
  readonly withdrawn: boolean;
};

/** The newest that is not withdrawn: the only one of those that nothing supersedes. */
export const isCurrent = ({ withdrawn, calendar }: Version): boolean => !withdrawn && !calendar;

const withoutCalendar = { calendar: null, reached: [], expired: false };

/** The versions that an event changes. */
export function versionsOf({ type, data }: WebhookVersionEvent): readonly string[] {
  if (type === 'VersionReleased') return data.supersedes ? [data.version, data.supersedes.version] : [data.version];
  return type === 'VersionWithdrawn' ? [data.version, data.restores] : [data.version];
}

/** One version after an event that changes it. */
export function evolveVersion(
  name: string,
  version: Version | undefined,
  event: WebhookVersionEvent,
): Version | undefined {
  if (event.type === 'VersionReleased' && event.data.version === name) {
    return { name, supersedes: event.data.supersedes?.version ?? null, ...withoutCalendar, withdrawn: false };
  }
  if (!version) return undefined;
  switch (event.type) {
    case 'VersionReleased':
      return event.data.supersedes ? { ...version, calendar: calendarIn(event.data.supersedes), reached: [] } : version;
    case 'ExpirationPostponed':
      return { ...version, calendar: calendarIn(event.data), reached: [] };
    case 'VersionWithdrawn':
      return { ...version, ...withoutCalendar, withdrawn: event.data.version === name };
    case 'MilestoneReached':
      return { ...version, reached: [...version.reached, event.data.milestone] };
    case 'VersionExpired':
      return { ...version, expired: true };
  }
}

const calendarIn = ({ announceAt, remindAt, popupAt, expiresAt, disableAt }: Calendar): Calendar => ({
  announceAt,
  remindAt,
  popupAt,
  expiresAt,
  disableAt,
});
