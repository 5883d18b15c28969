import type { WebhookView } from '../../api/types.ts';
import { DAY, date, dayAndMonth, daysUntil } from '../../words/times.ts';

type Expiring = Pick<WebhookView, 'id' | 'name' | 'version' | 'expiresAt' | 'hasDraft'>;

/** The webhooks of one version that is in its last week. */
export type EndingVersion = {
  readonly version: string;
  /** UNIX milliseconds. */
  readonly expiresAt: number;
  readonly webhooks: readonly Expiring[];
};

/** The first to end comes first. */
export function endingVersions(webhooks: readonly Expiring[]): EndingVersion[] {
  const byVersion = new Map<string, EndingVersion>();
  for (const webhook of webhooks) {
    if (webhook.expiresAt === null) continue;
    const known = byVersion.get(webhook.version);
    byVersion.set(webhook.version, {
      version: webhook.version,
      expiresAt: webhook.expiresAt,
      webhooks: [...(known?.webhooks ?? []), webhook],
    });
  }
  return [...byVersion.values()].sort((a, b) => a.expiresAt - b.expiresAt);
}

/** By which a user says once that they have read it; a postponed date is another one. */
export const dismissalOf = ({ version, expiresAt }: EndingVersion, workspaceId: string): string =>
  `version-${version}-${new Date(expiresAt).toISOString().slice(0, 10)}.${workspaceId}`;

/** "Ends in 5 days (29 Nov)", and what follows once it has. */
export function endInWords(expiresAt: number, now: number): string {
  const left = expiresAt - now;
  if (left <= 0) return `Version has ended. Disabled on ${date(expiresAt + DAY)}.`;
  return `Ends in ${daysUntil(expiresAt, now)} (${dayAndMonth(expiresAt)})`;
}
