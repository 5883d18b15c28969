import type { Documents, Projection, Recorded, Saga } from '../../../platform/kernel/index.ts';
import { ancestorsOf, closesLoop, type WorkspaceEvent } from '../../identity/contract.ts';
import type { WebhookVersionEvent } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION, type WebhookCreated, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import { ID_SCHEME } from '../delivery/delivery-id.ts';
import type { OwedDelivery, PlatformEvent, PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { RecordFanOut } from './fan-out.commands.ts';
import { orderAfter, versionOwed, type VersionOrder } from './version-order.ts';

type WorkspaceNode = { readonly parent: string | null };
type Listener = {
  /** The workspace whose events it hears. */
  readonly listensIn: string;
  readonly webhookId: string;
  readonly applyToAllDescendants: boolean;
  readonly triggers: readonly string[];
  readonly epoch: number;
  readonly version: string;
  /** Enabled, or disabled for what its receiver did: then what is published meanwhile is owed too, and held. */
  readonly matched: boolean;
};
type RoutingDocument = WorkspaceNode | Listener | VersionOrder;
type Source = WorkspaceEvent | WebhookEvent | WebhookVersionEvent | PlatformEvent;
/** As `RecordFanOut` has it. */
type Owed = Required<OwedDelivery>;

/** Deliveries of one record; a larger fan-out goes on in the next. */
export const PART_SIZE = 5_000;

const workspaceKey = (id: string) => `workspace:${id}`;
const listenerKey = (id: string) => `webhook:${id}`;
const VERSIONS = 'versions';

export const routing: Projection<RoutingDocument, Source> = {
  name: 'fan-out',
  version: 2,
  categories: ['workspace', 'webhook', 'webhookVersion', 'platformEvent'],
  fields: [{ field: 'listensIn', type: 'text' }],
  relational: true,
  keys: (event) => {
    switch (event.type) {
      case 'WorkspaceRegistered':
      case 'WorkspaceMoved':
      case 'WorkspaceSettingsChanged':
      case 'WorkspaceMoveIgnored':
        return [workspaceKey(event.data.workspaceId)];
      case 'VersionReleased':
      case 'VersionWithdrawn':
        return [VERSIONS];
      case 'PlatformEventReceived':
      case 'EventFannedOut':
      case 'LocationOpened':
      case 'WorkspaceSecretRotated':
      case 'WebhookNumbered':
      case 'ExpirationPostponed':
      case 'MilestoneReached':
      case 'VersionExpired':
        return [];
      default:
        return [listenerKey(event.data.webhookId)];
    }
  },
  fold: (document, event, _key, documents) => {
    switch (event.type) {
      case 'WorkspaceRegistered':
        return { parent: event.data.parentWorkspaceId };
      case 'WorkspaceMoved': {
        if (closesLoop(event.data, parentIn(documents))) return undefined;
        return { parent: event.data.parentWorkspaceId };
      }
      case 'WebhookCreated':
        return { ...heard(event.data), listensIn: event.data.workspaceId, matched: event.data.status === 'enabled' };
      case 'WebhookChanged':
        return (
          document && {
            ...(document as Listener),
            triggers: event.data.triggers,
            applyToAllDescendants: event.data.applyToAllDescendants,
            version: event.data.version ?? (document as Listener).version,
          }
        );
      case 'WebhookEnabled':
        return document && { ...(document as Listener), epoch: event.data.epoch, matched: true };
      case 'WebhookDisabled': {
        const matched = event.data.by === 'exhausted' || event.data.by === 'gone';
        return document && { ...(document as Listener), epoch: event.data.epoch, matched };
      }
      case 'HeldCancelled':
        return document && { ...(document as Listener), epoch: event.data.epoch };
      case 'WebhookRemoved':
        return document && { ...(document as Listener), matched: false };
      case 'VersionReleased':
      case 'VersionWithdrawn':
        return orderAfter(document as VersionOrder | undefined, event);
      default:
        return undefined;
    }
  },
};

const heard = ({
  webhookId,
  applyToAllDescendants,
  triggers,
  epoch,
  version = FIRST_VERSION,
}: Recorded<WebhookCreated>['data']) => ({ webhookId, applyToAllDescendants, triggers, epoch, version });

const parentIn = (documents: Documents<RoutingDocument>) => (workspaceId: string) =>
  (documents.get(workspaceKey(workspaceId)) as WorkspaceNode | undefined)?.parent;

/**
 * Decides, with the configuration as of the event's own position, who is owed it: the listening webhooks of its workspace, and
 * those of every ancestor that apply to all descendants; each in its own version, or in that of the event if that is older.
 */
export const fanOut: Saga<Source, RoutingDocument> = {
  name: 'fan-out',
  categories: routing.categories,
  documents: routing,
  parallel: true,
  react: (event, documents) => {
    if (event.type !== 'PlatformEventReceived') return [];
    const { eventId, type, workspaceId, timestamp, data, version = FIRST_VERSION } = event.data;
    const owed = owedTo(event, version, documents);
    const metadata = { ...event.metadata, actor: 'saga:fan-out' };
    const alert = { id: eventId, timestamp, workspaceId, type, data, version };
    const fact = {
      eventId,
      type,
      eventWorkspaceId: workspaceId,
      eventPosition: event.position,
      idScheme: ID_SCHEME,
      alert,
    } as const;
    return partsOf(owed).map((deliveries, part) => new RecordFanOut({ ...fact, part, deliveries }, metadata));
  },
};

function owedTo(
  event: Recorded<PlatformEventReceived>,
  eventVersion: string,
  documents: Documents<RoutingDocument>,
): Owed[] {
  const { workspaceId, type } = event.data;
  const order = documents.get(VERSIONS) as VersionOrder | undefined;
  return [workspaceId, ...ancestorsOf(workspaceId, parentIn(documents))].flatMap((ancestor, level) =>
    (documents.where('listensIn', ancestor) as readonly Listener[])
      .filter((listener) => listener.matched && (level === 0 || listener.applyToAllDescendants))
      .filter((listener) => listener.triggers.includes(type))
      .map(({ webhookId, epoch, version }) => ({
        webhookId,
        workspaceId: ancestor,
        epoch,
        version: versionOwed(version, eventVersion, order),
      })),
  );
}

function partsOf(owed: readonly Owed[]): Owed[][] {
  const parts: Owed[][] = [];
  for (let from = 0; from < owed.length; from += PART_SIZE) parts.push(owed.slice(from, from + PART_SIZE));
  return parts;
}
