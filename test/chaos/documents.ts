import { createHash } from 'node:crypto';
import { consoleLinks } from '../../libs/modules/accounts/console-link/console-links.projection.ts';
import { accountMails } from '../../libs/modules/accounts/send-account-mails/account-mails.projection.ts';
import { sessions } from '../../libs/modules/accounts/session/sessions.projection.ts';
import { users } from '../../libs/modules/accounts/user/users.projection.ts';
import { actorNames } from '../../libs/modules/activity/actor-name/actor-names.projection.ts';
import { activity } from '../../libs/modules/activity/list-activity/activity.projection.ts';
import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { routing } from '../../libs/modules/delivery/fan-out/fan-out.saga.ts';
import { lanes } from '../../libs/modules/delivery/lanes/lanes.projection.ts';
import { renderingFailures } from '../../libs/modules/delivery/list-rendering-failures/rendering-failures.projection.ts';
import { parkedEvents } from '../../libs/modules/delivery/parked-event/parked-events.projection.ts';
import { redeliveries } from '../../libs/modules/delivery/redelivery/redeliveries.projection.ts';
import { webhookStatistics } from '../../libs/modules/delivery/webhook-statistics/webhook-statistics.projection.ts';
import { apiClients } from '../../libs/modules/identity/api-client/api-clients.projection.ts';
import { signingKeys } from '../../libs/modules/identity/signing-key/signing-keys.projection.ts';
import { workspaces } from '../../libs/modules/identity/workspace/workspaces.projection.ts';
import { locationWebhooks } from '../../libs/modules/location-api/webhook-record/location-webhooks.projection.ts';
import { deprecationDocuments } from '../../libs/modules/version-lifecycle/deprecation/deprecation.projection.ts';
import { notices } from '../../libs/modules/version-lifecycle/notice/notices.projection.ts';
import { notifications } from '../../libs/modules/version-lifecycle/notification/notifications.projection.ts';
import { pinnedWebhooks } from '../../libs/modules/version-lifecycle/webhook-version/pinned-webhooks.projection.ts';
import { webhookVersions } from '../../libs/modules/version-lifecycle/webhook-version/webhook-versions.projection.ts';
import { triggers } from '../../libs/modules/webhook-configuration/list-triggers/triggers.projection.ts';
import { webhooks } from '../../libs/modules/webhook-configuration/list-webhooks/webhooks.projection.ts';
import type { Projection } from '../../libs/platform/kernel/index.ts';
import type { ReadModel, Stored } from '../../libs/platform/read-model/index.ts';

/** Everything that folds events into documents, the saga that keeps some included. */
export const PROJECTIONS = [
  ...[accountMails, activity, actorNames, apiClients, consoleLinks, sessions, users, webhookStatistics],
  ...[deliveries, deprecationDocuments, lanes, locationWebhooks, notices, notifications],
  ...[parkedEvents, pinnedWebhooks, redeliveries, renderingFailures, routing, signingKeys, triggers, webhooks],
  ...[webhookVersions, workspaces],
] as unknown as readonly Projection<object, never>[];

/** By collection and id. */
export type Digests = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Each document, with its position. */
export async function digestDocuments(readModel: ReadModel): Promise<Digests> {
  const digests = new Map<string, Map<string, string>>();
  await everyDocument(readModel, (name, stored) => {
    const digest = createHash('sha256').update(textOf(stored)).digest('base64');
    digests.set(name, (digests.get(name) ?? new Map<string, string>()).set(stored.id, digest));
  });
  return digests;
}

/** How two sets of documents differ. */
export function differences(before: Digests, after: Digests): string[] {
  return PROJECTIONS.flatMap(({ name }) => {
    const [one, other] = [before.get(name) ?? new Map(), after.get(name) ?? new Map()];
    const ids = [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id));
    if (ids.length === 0) return [];
    return [
      `${ids.length} of ${one.size} documents of ${name} differ after a rebuild (${other.size}), such as ${ids[0]}`,
    ];
  });
}

export const sizeOf = (digests: Digests): number => [...digests.values()].reduce((sum, { size }) => sum + size, 0);

async function everyDocument(
  readModel: ReadModel,
  take: (name: string, stored: Stored<object>) => void,
): Promise<void> {
  for (const projection of PROJECTIONS) {
    const collection = await readModel.live(projection);
    for (let cursor: string | null | undefined; cursor !== null;) {
      const sort = { field: 'id', direction: 'asc' } as const;
      const page = await collection.find({ sort, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
      for (const stored of page.items) take(projection.name, stored);
      cursor = page.nextCursor;
    }
  }
}

/** The same for the same document, whatever the order of its fields. */
const textOf = (stored: Stored<object>): string =>
  JSON.stringify(stored, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
