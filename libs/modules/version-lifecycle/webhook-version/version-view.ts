import { z } from 'zod';
import type { Instant } from '../../../platform/kernel/index.ts';
import type { WebhookVersionDocument } from './webhook-versions.projection.ts';
import type { Calendar } from './webhook-version.events.ts';

export const statuses = ['current', 'deprecated', 'expired'] as const;

export const calendarView = z.object({
  announceAt: z.iso.datetime().describe('The date is announced by mail'),
  remindAt: z.iso.datetime().describe('A reminder by mail, and drafts on the newest version'),
  popupAt: z.iso.datetime().describe('A notification for each admin, and a warning on the webhooks'),
  expiresAt: z.iso.datetime(),
  disableAt: z.iso.datetime().describe('Webhooks that are still on it are disabled'),
});
export type CalendarView = z.infer<typeof calendarView>;

export const versionItem = z.object({
  name: z.string(),
  status: z.enum(statuses),
  releasedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('null for the current version'),
  webhooks: z.int().describe('How many webhooks within reach are on it'),
});
export type VersionItem = z.infer<typeof versionItem>;

const iso = (at: Instant): string => new Date(at).toISOString();

export const viewOfCalendar = ({ announceAt, remindAt, popupAt, expiresAt, disableAt }: Calendar): CalendarView => ({
  announceAt: iso(announceAt),
  remindAt: iso(remindAt),
  popupAt: iso(popupAt),
  expiresAt: iso(expiresAt),
  disableAt: iso(disableAt),
});

export function itemOf(version: WebhookVersionDocument, webhooks: number, now: Instant): VersionItem {
  const { name, releasedAt, calendar } = version;
  const [status, expiresAt] = calendar
    ? ([now < calendar.expiresAt ? 'deprecated' : 'expired', iso(calendar.expiresAt)] as const)
    : (['current', null] as const);
  return { name, status, releasedAt: iso(releasedAt), expiresAt, webhooks };
}

export const calendarExample: CalendarView = {
  announceAt: '2026-11-02T09:00:00.000Z',
  remindAt: '2027-04-02T09:00:00.000Z',
  popupAt: '2027-04-25T09:00:00.000Z',
  expiresAt: '2027-05-02T09:00:00.000Z',
  disableAt: '2027-05-03T09:00:00.000Z',
};

export const itemExample: VersionItem = {
  name: '2026-01-01',
  status: 'deprecated',
  releasedAt: '2026-01-01T09:00:00.000Z',
  expiresAt: calendarExample.expiresAt,
  webhooks: 12,
};
