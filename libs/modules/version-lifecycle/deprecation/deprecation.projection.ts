import type { Documents, Instant, Projection } from '../../../platform/kernel/index.ts';
import { closesLoop, type WorkspaceEvent } from '../../identity/contract.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import type { WebhookVersionEvent } from '../webhook-version/webhook-version.events.ts';
import type { WorkspaceNode } from './recipients.ts';

type Pinned = {
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly url: string;
  /** The version it is on; null once it is removed. */
  readonly pinnedTo: string | null;
};
type VersionNode = {
  readonly name: string;
  /** Once it is withdrawn, the version that stands for it. */
  readonly restores: string | null;
  /** The expiration date that was mailed last. */
  readonly announced: Instant | null;
};
export type DeprecationDocument = WorkspaceNode | Pinned | VersionNode;
export type DeprecationEvent = WorkspaceEvent | WebhookEvent | WebhookVersionEvent;
type Known = Documents<DeprecationDocument>;

const workspaceKey = (id: string) => `workspace:${id}`;
const webhookKey = (id: string) => `webhook:${id}`;
const versionKey = (name: string) => `version:${name}`;

export const workspaceIn = (documents: Known) => (id: string) =>
  documents.get(workspaceKey(id)) as WorkspaceNode | undefined;
export const versionIn = (documents: Known, name: string) => documents.get(versionKey(name)) as VersionNode | undefined;

type OnVersion = Omit<Pinned, 'pinnedTo'> & { readonly on: string };

/** The webhooks on a version, be they enabled or not, and on withdrawn ones that it stands for. */
export function webhooksOn(version: string, documents: Known): readonly OnVersion[] {
  const names = new Set([version]);
  for (const name of names) {
    for (const withdrawn of documents.where('restores', name) as readonly VersionNode[]) names.add(withdrawn.name);
  }
  return [...names].flatMap((on) =>
    (documents.where('pinnedTo', on) as readonly Pinned[]).map(({ pinnedTo: _, ...webhook }) => ({ ...webhook, on })),
  );
}

/** What the saga knows of workspaces, webhooks and versions as of the event it reacts to. */
export const deprecationDocuments: Projection<DeprecationDocument, DeprecationEvent> = {
  name: 'deprecation',
  version: 1,
  categories: ['workspace', 'webhook', 'webhookVersion'],
  fields: [
    { field: 'pinnedTo', type: 'text' },
    { field: 'restores', type: 'text' },
  ],
  relational: true,
  keys: (event) => {
    switch (event.type) {
      case 'WorkspaceRegistered':
      case 'WorkspaceMoved':
      case 'WorkspaceSettingsChanged':
        return [workspaceKey(event.data.workspaceId)];
      case 'WebhookCreated':
      case 'WebhookChanged':
      case 'WebhookRemoved':
        return [webhookKey(event.data.webhookId)];
      case 'VersionReleased':
      case 'VersionWithdrawn':
      case 'MilestoneReached':
        return versionsIn(event).map(versionKey);
      default:
        return [];
    }
  },
  fold: (document, event, key, documents) => {
    switch (event.type) {
      case 'WorkspaceRegistered':
      case 'WorkspaceMoved':
      case 'WorkspaceSettingsChanged':
        return workspaceAfter(document as WorkspaceNode | undefined, event, documents);
      case 'WebhookCreated':
      case 'WebhookChanged':
      case 'WebhookRemoved':
        return webhookAfter(document as Pinned | undefined, event);
      case 'VersionReleased':
      case 'VersionWithdrawn':
      case 'MilestoneReached':
        return versionAfter(document as VersionNode | undefined, event, key);
      default:
        return undefined;
    }
  },
};

type Of<Type> = Extract<DeprecationEvent, { type: Type }>;
type WorkspaceChange = Of<'WorkspaceRegistered' | 'WorkspaceMoved' | 'WorkspaceSettingsChanged'>;
type WebhookChange = Of<'WebhookCreated' | 'WebhookChanged' | 'WebhookRemoved'>;
type VersionChange = Of<'VersionReleased' | 'VersionWithdrawn' | 'MilestoneReached'>;

function workspaceAfter(
  document: WorkspaceNode | undefined,
  event: WorkspaceChange,
  documents: Known,
): WorkspaceNode | undefined {
  if (event.type === 'WorkspaceMoved') {
    const isIgnored = closesLoop(event.data, (id) => workspaceIn(documents)(id)?.parent);
    return document && !isIgnored ? { ...document, parent: event.data.parentWorkspaceId } : undefined;
  }
  const { displayName, adminEmails, notificationLevel } = event.data;
  const settings = { displayName, adminEmails, notificationLevel };
  if (event.type === 'WorkspaceRegistered') return document ?? { parent: event.data.parentWorkspaceId, ...settings };
  return document && { ...document, ...settings };
}

function webhookAfter(document: Pinned | undefined, event: WebhookChange): Pinned | undefined {
  if (event.type === 'WebhookCreated') {
    const { webhookId, workspaceId, name, url, version = FIRST_VERSION } = event.data;
    return { webhookId, workspaceId, name, url, pinnedTo: version };
  }
  if (!document) return undefined;
  if (event.type === 'WebhookRemoved') return { ...document, pinnedTo: null };
  const { name, url, version = document.pinnedTo } = event.data;
  return { ...document, name, url, pinnedTo: version };
}

const versionsIn = (event: VersionChange): string[] => {
  if (event.type !== 'VersionReleased') return [event.data.version];
  return [event.data.version, ...(event.data.supersedes ? [event.data.supersedes.version] : [])];
};

function versionAfter(document: VersionNode | undefined, event: VersionChange, key: string): VersionNode | undefined {
  const { version } = event.data;
  if (event.type === 'VersionReleased' && key === versionKey(version)) {
    return { name: version, restores: null, announced: null };
  }
  if (!document) return undefined;
  switch (event.type) {
    case 'VersionReleased':
      // Superseded once more: the date of a release that was withdrawn is none.
      return { ...document, announced: null };
    case 'VersionWithdrawn':
      return { ...document, restores: event.data.restores };
    case 'MilestoneReached': {
      const { milestone, overtaken, expiresAt } = event.data;
      return overtaken || milestone === 'popup' ? undefined : { ...document, announced: expiresAt };
    }
  }
}
