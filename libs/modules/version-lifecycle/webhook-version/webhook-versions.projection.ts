import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import { nextDueAt } from './milestones.ts';
import { evolveVersion, versionsOf, type Version } from './version-state.ts';
import type { TriggerRelease, WebhookVersionEvent } from './webhook-version.events.ts';

/** Withdrawn versions stay. */
export type WebhookVersionDocument = Version & {
  /** Grows from release to release. */
  readonly order: number;
  readonly notes: string;
  readonly releasedAt: Instant;
  /** What it changed, by type. */
  readonly triggers: Readonly<Record<string, TriggerRelease>>;
  /** When the next milestone of its calendar is due; null for never. */
  readonly dueAt: Instant | null;
};

export const webhookVersions: Projection<WebhookVersionDocument, WebhookVersionEvent> = {
  name: 'webhook-versions',
  version: 1,
  categories: ['webhookVersion'],
  fields: [
    { field: 'order', type: 'number' },
    { field: 'withdrawn', type: 'boolean', indexed: false },
    { field: 'dueAt', type: 'number' },
  ],
  keys: versionsOf,
  fold: (document, event, name) => {
    const version = evolveVersion(name, document, event);
    const released = releasedBy(event, name) ?? document;
    if (!version || !released) return undefined;
    const { order, notes, releasedAt, triggers } = released;
    const { calendar, reached, expired } = version;
    const dueAt = calendar && !expired ? nextDueAt(calendar, reached) : null;
    return { ...version, order, notes, releasedAt, triggers, dueAt };
  },
};

function releasedBy(event: Parameters<typeof webhookVersions.keys>[0], name: string) {
  if (event.type !== 'VersionReleased' || event.data.version !== name) return undefined;
  const { notes, triggers } = event.data;
  return { order: event.revision, releasedAt: event.metadata.at, notes, triggers };
}
