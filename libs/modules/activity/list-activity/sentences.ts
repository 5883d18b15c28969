import { accountSentences } from './account-sentences.ts';
import { text, type Data } from './event-data.ts';
import { versionSentences } from './version-sentences.ts';

/** What happened, in a sentence for people. A type without one of its own gets its name, spelled out. */
export function sentenceFor({ type, data }: { readonly type: string; readonly data: Data }): string {
  return sentences[type]?.(data) ?? spelledOut(type);
}

const sentences: Readonly<Record<string, (data: Data) => string>> = {
  ...versionSentences,
  ...accountSentences,
  WebhookCreated: (data) => `${webhook(data)} was created${data['status'] === 'disabled' ? ', disabled' : ''}.`,
  WebhookChanged: (data) => `${webhook(data)} was changed.`,
  WebhookSecretRotated: (data) => `The secret of ${lower(webhook(data))} was rotated.`,
  WebhookEnabled: (data) =>
    `${webhook(data)} was enabled${data['held'] === 'release' ? ', and what it held was released' : ''}.`,
  WebhookDisabled: (data) => `${webhook(data)} was disabled${becauseOf(data)}`,
  WebhookRemoved: (data) => `${webhook(data)} was removed.`,
  TestRequested: (data) =>
    `A test alert was asked for; it goes to ${data['target'] === undefined ? '' : 'the draft of '}${lower(webhook(data))}.`,
  DraftCreated: (data) => {
    const reason = data['by'] === 'calendar' ? `, as version ${text(data, 'of')} will expire` : '';
    return `A draft of ${lower(webhook(data))} on version ${text(data, 'target')} was made${reason}.`;
  },
  DraftChanged: (data) => `The draft of ${lower(webhook(data))} was changed.`,
  DraftPublished: (data) => `The draft of ${lower(webhook(data))} on version ${text(data, 'target')} was published.`,
  DraftDiscarded: (data) => `The draft of ${lower(webhook(data))} on version ${text(data, 'target')} was discarded.`,
  HeldCancelled: (data) => `The deliveries held by ${lower(webhook(data))} were cancelled.`,
  BacklogFilled: (data) =>
    `${webhook(data)} has ${count(data, 'limit')}deliveries waiting, as many as are kept for one: what is published now is skipped.`,
  BacklogCleared: (data) => `${webhook(data)} has room for new deliveries again.`,
  WorkspaceRegistered: (data) => {
    const parent = data['parentWorkspaceId'];
    return `${workspace(data)} was registered${typeof parent === 'string' ? ` under ${parent}` : ''}.`;
  },
  WorkspaceMoved: (data) => `${workspace(data)} was moved under ${text(data, 'parentWorkspaceId')}.`,
  WorkspaceSettingsChanged: (data) => `The settings of ${lower(workspace(data))} were changed.`,
  WorkspaceMoveIgnored: (data) =>
    `A move of ${lower(workspace(data))} under ${text(data, 'parentWorkspaceId')} was ignored: it would have closed a loop.`,
  WorkspaceSecretRotated: (data) => `The secret of ${lower(workspace(data))} was rotated.`,
  ApiClientIssued: (data) => `${apiClient(data)} was issued.`,
  ApiClientSecretRotated: (data) => `The secret of ${apiClient(data)} was rotated.`,
  ApiClientScopesChanged: (data) => `The scopes of ${apiClient(data)} were changed.`,
  ApiClientRevoked: (data) => `${apiClient(data)} was revoked.`,
  TriggerAdded: (data) => `The trigger ${text(data, 'type')} was added to the catalog.`,
  TriggerChanged: (data) => `The trigger ${text(data, 'type')} was changed.`,
  RedeliveryStarted: (data) => `${redeliveries[text(data, 'what')] ?? 'A redelivery'} ${ofJob(data)} was started.`,
  RedeliveryFinished: (data) =>
    `The redelivery to ${ofJob(data)} finished${endedBy[text(data, 'reason')] ?? ''}: ${count(data, 'requested')}deliveries were asked for.`,
  RedeliveryCancelled: (data) =>
    `The redelivery to ${ofJob(data)} was cancelled after ${count(data, 'requested')}deliveries.`,
  PlatformEventParked: (data) => `${parkedEvent(data)} was parked${parkedFor[text(data, 'reason')] ?? ''}.`,
  ParkedEventReplayed: (data) => `${parkedEvent(data)} was parked, and has been taken in.`,
  ParkedEventDropped: (data) => `${parkedEvent(data)} was parked, and has been dropped.`,
};

const parkedFor: Readonly<Record<string, string>> = {
  malformed: ': it cannot be read',
  'unknown-workspace': ': its workspace is not known',
  invalid: ': it is not valid',
  conflict: ': its id is taken by another event',
  failed: ': it cannot be taken in',
};

const parkedEvent = (data: Data): string => {
  const place = `${text(data, 'stream')}@${typeof data['revision'] === 'number' ? data['revision'] : ''}`;
  return `The platform event ${text(data, 'type')} (${place})`;
};

const redeliveries: Readonly<Record<string, string>> = {
  held: 'The release of the deliveries held by',
  'not-delivered': 'A redelivery of what was not delivered to',
  all: 'A redelivery of all deliveries to',
};

const endedBy: Readonly<Record<string, string>> = {
  'webhook-disabled': ', as the webhook was disabled',
  'webhook-removed': ', as the webhook was removed',
};

const ofJob = (data: Data): string =>
  data['webhookId'] === null ? `all webhooks of ${lower(workspace(data))}` : lower(webhook(data));

function becauseOf(data: Data): string {
  const lastError = text(data, 'lastError');
  switch (data['by']) {
    case 'exhausted':
      return ` after its last attempt failed${lastError === '' ? '.' : `: ${lastError}`}`;
    case 'gone':
      return ' because its receiver answered that it is gone.';
    case 'expired':
      return ` because its version${data['version'] === undefined ? '' : ` ${text(data, 'version')}`} has expired.`;
    default:
      return '.';
  }
}

const count = (data: Data, field: string): string => {
  const value = data[field];
  return typeof value === 'number' ? `${value.toLocaleString('en-US')} ` : '';
};

/** The name where the event tells it, else the id. */
const called = (kind: string, name: string, id: string): string => `${kind} ${name === '' ? id : `"${name}"`}`;
const webhook = (data: Data): string => called('Webhook', text(data, 'name'), text(data, 'webhookId'));
const workspace = (data: Data): string => called('Workspace', text(data, 'displayName'), text(data, 'workspaceId'));
const apiClient = (data: Data): string => called('API client', text(data, 'name'), text(data, 'clientId'));

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

export const kebabCase = (type: string): string => type.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

function spelledOut(type: string): string {
  const words = kebabCase(type).replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
