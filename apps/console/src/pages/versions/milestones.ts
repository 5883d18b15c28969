import { DAY } from '../../words/times.ts';

const MONTHS_TO_LIVE = 6;
const MOST_YEARS = 5;

export type MilestoneKind = 'released' | 'announcement' | 'reminder' | 'popup' | 'ends' | 'disabled';
export type Milestone = { readonly kind: MilestoneKind; readonly at: number };
/** As the API has it, ISO 8601. */
export type CalendarView = Readonly<Record<'announceAt' | 'remindAt' | 'popupAt' | 'expiresAt' | 'disableAt', string>>;

export const milestoneNames: Readonly<Record<MilestoneKind, string>> = {
  released: 'Released',
  announcement: 'End announced',
  reminder: 'Reminder and drafts',
  popup: 'Last week: pop-up',
  ends: 'Ends',
  disabled: 'Webhooks disabled',
};

/** What happens then, for whoever reads a calendar. */
export const milestoneEffects: Readonly<Record<MilestoneKind, string>> = {
  released: 'New webhooks are on it from then on.',
  announcement: 'Admins are mailed the date.',
  reminder: 'Admins are mailed again, and each webhook gets a draft on the newest version.',
  popup: 'Admins see a pop-up, and the webhooks a warning.',
  ends: 'No webhook can be created on it, moved to it or enabled on it.',
  disabled: 'Webhooks that are still on it are disabled.',
};

/** The way of a version from its release on, in order. One without a calendar is the current one: it has no end. */
export function milestonesOf(version: {
  readonly releasedAt: string;
  readonly calendar: CalendarView | null;
}): readonly Milestone[] {
  const released: Milestone = { kind: 'released', at: Date.parse(version.releasedAt) };
  return version.calendar === null ? [released] : [released, ...endOf(version.calendar)];
}

/** What lies before the announcement of a postponed date comes with it. */
function endOf({ announceAt, remindAt, popupAt, expiresAt, disableAt }: CalendarView): readonly Milestone[] {
  const announced = Date.parse(announceAt);
  const from = (instant: string): number => Math.max(Date.parse(instant), announced);
  return [
    { kind: 'announcement', at: announced },
    { kind: 'reminder', at: from(remindAt) },
    { kind: 'popup', at: from(popupAt) },
    { kind: 'ends', at: Date.parse(expiresAt) },
    { kind: 'disabled', at: Date.parse(disableAt) },
  ];
}

/** What an end at this instant brings along, when it is announced at that one. */
export function milestonesBefore(expiresAt: number, announceAt: number): readonly Milestone[] {
  const iso = (at: number): string => new Date(at).toISOString();
  return endOf({
    announceAt: iso(announceAt),
    remindAt: iso(monthsAfter(expiresAt, -1)),
    popupAt: iso(expiresAt - 7 * DAY),
    expiresAt: iso(expiresAt),
    disableAt: iso(expiresAt + DAY),
  });
}

/** When a version ends that is superseded now. */
export const endAfterRelease = (now: number): number => monthsAfter(now, MONTHS_TO_LIVE);

/** Why an end cannot be put off to this instant, in a sentence. */
export function postponeError(at: number, expiresAt: number, now: number): string | undefined {
  if (Number.isNaN(at)) return 'Enter a date and a time.';
  if (at <= expiresAt) return 'Choose a later date than the one it has.';
  if (at <= now) return 'Choose a date that is still to come.';
  if (at > monthsAfter(now, 12 * MOST_YEARS)) return 'Choose a date at most five years ahead.';
  return undefined;
}

/** The same day and time in UTC; the last day of a month that has no such day. */
export function monthsAfter(instant: number, months: number): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}
