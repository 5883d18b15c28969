import { record } from '../../../../platform/kernel/testing/recorded.ts';
import type { Recorded } from '../../../../platform/kernel/index.ts';
import type { WorkspaceEvent } from '../../../identity/contract.ts';
import type { WebhookEvent } from '../../../webhook-configuration/contract.ts';
import type { Calendar, Milestone, WebhookVersionEvent } from '../../webhook-version/webhook-version.events.ts';
import type { DeprecationEvent } from '../deprecation.projection.ts';

/** Days, so that a calendar is easy to read. */
export const calendar: Calendar = { announceAt: 0, remindAt: 150, popupAt: 173, expiresAt: 180, disableAt: 181 };

type Settings = Partial<Extract<WorkspaceEvent, { type: 'WorkspaceSettingsChanged' }>['data']>;

const settingsOf = (displayName: string, settings: Settings) => ({
  type: 'regular' as const,
  companyName: displayName,
  displayName,
  domain: '',
  adminEmails: '',
  notificationLevel: 'all' as const,
  ...settings,
});

export const workspace = (
  workspaceId: string,
  parentWorkspaceId: string | null,
  settings: Settings = {},
): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: { ...settingsOf(`The ${workspaceId}`, settings), workspaceId, parentWorkspaceId },
});

export const resettled = (workspaceId: string, settings: Settings): WorkspaceEvent => ({
  type: 'WorkspaceSettingsChanged',
  data: { ...settingsOf(`The ${workspaceId}`, settings), workspaceId },
});

export const moved = (workspaceId: string, parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});

const configured = {
  description: '',
  applyToAllDescendants: false,
  secret: 'sealed',
  headers: {},
  triggers: [],
  url: 'https://receiver.example',
};

export const webhook = (webhookId: string, workspaceId: string, version?: string): WebhookEvent => ({
  type: 'WebhookCreated',
  data: {
    webhookId,
    workspaceId,
    ...configured,
    name: `Hook ${webhookId}`,
    ...(version === undefined ? {} : { version }),
    status: 'enabled',
    epoch: 0,
    testId: `test of ${webhookId}`,
  },
});

/** `version` undefined: changed in another way. */
export const changed = (webhookId: string, workspaceId: string, version?: string): WebhookEvent => ({
  type: 'WebhookChanged',
  data: {
    webhookId,
    workspaceId,
    ...configured,
    name: `New ${webhookId}`,
    ...(version === undefined ? {} : { version }),
  },
});

export const released = (version: string, supersedes: string | null, dates = calendar): WebhookVersionEvent => ({
  type: 'VersionReleased',
  data: {
    version,
    notes: '',
    triggers: {},
    supersedes: supersedes === null ? null : { version: supersedes, ...dates },
  },
});

export const withdrawn = (version: string, restores: string): WebhookVersionEvent => ({
  type: 'VersionWithdrawn',
  data: { version, restores },
});

export const reached = (
  milestone: Milestone,
  version: string,
  newest: string,
  { overtaken = false, ...dates }: Partial<Calendar> & { overtaken?: boolean } = {},
): WebhookVersionEvent => ({
  type: 'MilestoneReached',
  data: { version, milestone, overtaken, newest, ...calendar, ...dates },
});

export const expired = (version: string): WebhookVersionEvent => ({
  type: 'VersionExpired',
  data: { version, expiresAt: calendar.expiresAt },
});

/** What came before, and the event that is reacted to. */
export function history(...events: DeprecationEvent[]): {
  before: Recorded<DeprecationEvent>[];
  last: Recorded<DeprecationEvent>;
} {
  const recorded = record(events, streamOf);
  const last = recorded.pop();
  if (!last) throw new Error('Nothing happened.');
  return { before: recorded, last };
}

const streamOf = ({ data }: DeprecationEvent): string => {
  if ('webhookId' in data) return `webhook-${data.webhookId}`;
  return 'workspaceId' in data ? `workspace-${data.workspaceId}` : 'webhookVersion-releases';
};
