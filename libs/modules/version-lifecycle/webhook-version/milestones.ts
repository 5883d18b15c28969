import type { Instant } from '../../../platform/kernel/index.ts';
import type { Calendar, Milestone } from './webhook-version.events.ts';

const inOrder: readonly Milestone[] = ['announcement', 'reminder', 'popup'];

export type ReachedMilestone = {
  readonly milestone: Milestone;
  /** A later milestone has passed, too. */
  readonly overtaken: boolean;
};

/** Those that were due by an instant that has come, and are not among `reached`, in order; overtaken by what has come by now. */
export const milestonesBy = (
  upTo: Instant,
  now: Instant,
  calendar: Calendar,
  reached: readonly Milestone[],
): readonly ReachedMilestone[] =>
  inOrder
    .filter((milestone) => !reached.includes(milestone) && dueAt(milestone, calendar) <= upTo)
    .map((milestone) => ({ milestone, overtaken: isOvertaken(milestone, calendar, now) }));

/** When the next milestone is due, the expiration of what is still on the version being the last. */
export function nextDueAt(calendar: Calendar, reached: readonly Milestone[]): Instant {
  const next = inOrder.find((milestone) => !reached.includes(milestone));
  return next === undefined ? calendar.disableAt : dueAt(next, calendar);
}

/** What would lie before the announcement of a postponed date is due with it. */
function dueAt(milestone: Milestone, calendar: Calendar): Instant {
  const { announceAt, remindAt, popupAt } = calendar;
  const at: Record<Milestone, Instant> = { announcement: announceAt, reminder: remindAt, popup: popupAt };
  return Math.max(at[milestone], announceAt);
}

function isOvertaken(milestone: Milestone, calendar: Calendar, now: Instant): boolean {
  const { announceAt, remindAt, popupAt, expiresAt, disableAt } = calendar;
  // A pop-up still helps whoever is late, until there is nothing left to do.
  const later: Record<Milestone, readonly Instant[]> = {
    announcement: [remindAt, popupAt, expiresAt],
    reminder: [popupAt, expiresAt],
    popup: [disableAt],
  };
  if (later[milestone].some((at) => at > announceAt && at <= now)) return true;
  // The announcement of a postponed date has just said what it would say.
  return milestone === 'reminder' && remindAt <= announceAt;
}
