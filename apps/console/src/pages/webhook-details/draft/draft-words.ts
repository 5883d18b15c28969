import type { DraftView, VersionView, WebhookView } from '../../../api/types.ts';
import { date } from '../../../words/times.ts';

/** Who made the draft, and why, as a sentence. */
export function draftOrigin(
  { by, of }: Pick<DraftView, 'by' | 'of'>,
  { version, expiresAt }: Pick<WebhookView, 'version' | 'expiresAt'>,
): string {
  if (by === 'admin') return `It was made by hand, when the webhook was on ${of}.`;
  const ends = version === of && expiresAt !== null ? `, which ends on ${date(expiresAt)}` : '';
  return `It was made by the calendar, a month before the end of version ${of}${ends}.`;
}

/** Whether it can be tested and published: its version was not withdrawn, and has not ended by `now` (UNIX milliseconds). */
export function isLive(
  { version }: Pick<DraftView, 'version'>,
  versions: readonly Pick<VersionView, 'name' | 'expiresAt'>[],
  now: number,
): boolean {
  const found = versions.find(({ name }) => name === version);
  return found !== undefined && (found.expiresAt === null || Date.parse(found.expiresAt) > now);
}
