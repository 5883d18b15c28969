import type { Recorded } from '../../../../platform/kernel/index.ts';
import { record } from '../../../../platform/kernel/testing/recorded.ts';
import type { WorkspaceEvent } from '../../../identity/contract.ts';
import type { WebhookVersionEvent } from '../../../version-lifecycle/contract.ts';
import type { WebhookEvent } from '../../../webhook-configuration/contract.ts';
import type { PlatformEvent } from '../../platform-event/platform-event.events.ts';
import type { RecordFanOut } from '../fan-out.commands.ts';
import { fanOut } from '../fan-out.saga.ts';

export type Source = WorkspaceEvent | WebhookEvent | WebhookVersionEvent | PlatformEvent;

const settings = {
  type: 'channel',
  companyName: 'c',
  displayName: 'c',
  domain: '',
  adminEmails: '',
  notificationLevel: 'all',
} as const;
export const workspace = (workspaceId: string, parentWorkspaceId: string | null): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: { workspaceId, parentWorkspaceId, ...settings },
});
export const moved = (workspaceId: string, parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});
export const configuration = { name: '', description: '', url: 'https://x.example', secret: 's', headers: {} };
export const webhook = (
  webhookId: string,
  workspaceId: string,
  changes: Partial<Extract<WebhookEvent, { type: 'WebhookCreated' }>['data']> = {},
): WebhookEvent => ({
  type: 'WebhookCreated',
  data: {
    webhookId,
    workspaceId,
    ...configuration,
    applyToAllDescendants: true,
    triggers: ['created'],
    status: 'enabled',
    epoch: 0,
    testId: 't',
    ...changes,
  },
});
export const received = (workspaceId: string, type = 'created', version?: string): PlatformEvent => ({
  type: 'PlatformEventReceived',
  data: { eventId: 'evt', type, workspaceId, timestamp: 0, data: {}, digest: 'd', version },
});

export const streamOf = (event: Source): string => {
  if (event.type === 'PlatformEventReceived' || event.type === 'EventFannedOut')
    return `platformEvent-${event.data.eventId}`;
  if ('webhookId' in event.data) return `webhook-${event.data.webhookId}`;
  return 'workspaceId' in event.data ? `workspace-${event.data.workspaceId}` : 'webhookVersion-releases';
};

/** To whom the last event of the history is owed. */
export function owed(history: Source[]): RecordFanOut['data']['deliveries'] {
  const events = record(history, streamOf);
  const last = events.at(-1) as Recorded<Source>;
  const documents = reactTo(events.slice(0, -1));
  return fanOut.react(last, documents).flatMap((command) => (command as RecordFanOut).data.deliveries);
}

export function reactTo(history: readonly Recorded<Source>[]) {
  const documents = new Map<string, object>();
  const view = {
    get: (id: string) => documents.get(id) as never,
    where: (field: string, value: unknown) =>
      [...documents.values()].filter((d) => (d as Record<string, unknown>)[field] === value) as never,
  };
  for (const event of history) {
    for (const key of fanOut.documents?.keys(event) ?? []) {
      const document = fanOut.documents?.fold(documents.get(key) as never, event, key, view);
      if (document) documents.set(key, document);
    }
  }
  return view;
}

export const tree = [
  workspace('root', null),
  workspace('a', 'root'),
  workspace('b', 'a'),
  workspace('c', 'b'),
  workspace('sibling', 'a'),
];
