import type { Calendar, Milestone, WebhookVersionEvent } from '../webhook-version.events.ts';
import { calendarOf, expirationFrom } from '../calendar.ts';

export const DAY = 86_400_000;
/** When the fixtures release their second version. */
export const RELEASED_AT = Date.parse('2026-11-02T09:00:00Z');

export const metadataAt = (at: number) => ({ at, actor: 'client:tester', traceId: 'trace' });

/** What a release may say of a trigger; `mark` tells one from another. */
export const triggerRelease = (mark = 'new') => ({
  schema: { type: 'object', title: mark },
  example: { mark },
  downgrade: `{ "mark": "${mark}" }`,
});

export const supersededAt = (at: number): Calendar => calendarOf(expirationFrom(at), at);

type Released = Extract<WebhookVersionEvent, { type: 'VersionReleased' }>;
export const released = (
  version: string,
  supersedes: string | null,
  { at = RELEASED_AT, triggers = {} }: { at?: number; triggers?: Released['data']['triggers'] } = {},
): Released => ({
  type: 'VersionReleased',
  data: {
    version,
    notes: `of ${version}`,
    triggers,
    supersedes: supersedes === null ? null : { version: supersedes, ...supersededAt(at) },
  },
});

export const withdrawn = (version: string, restores: string): WebhookVersionEvent => ({
  type: 'VersionWithdrawn',
  data: { version, restores },
});

/** Of `one`, which `two` superseded. */
export const calendarOfOne = supersededAt(RELEASED_AT);
export const reached = (milestone: Milestone, { overtaken = false, of = calendarOfOne } = {}): WebhookVersionEvent => ({
  type: 'MilestoneReached',
  data: { version: 'one', milestone, overtaken, newest: 'two', ...of },
});
export const expired = (expiresAt = calendarOfOne.expiresAt): WebhookVersionEvent => ({
  type: 'VersionExpired',
  data: { version: 'one', expiresAt },
});
