import type { DomainEvent, Recorded } from '../../../platform/kernel/index.ts';
import { deliveryIdOf, type EventFannedOut } from '../../delivery/contract.ts';

export const LISTS = [
  'activity',
  'api-clients',
  'versions',
  'triggers',
  'workspaces',
  'notifications',
  'users',
] as const;
export type List = (typeof LISTS)[number];

/** What an event has changed of what can be read. A `workspaceId` of null: what belongs to the installation. */
export type Change =
  | { readonly kind: 'webhook'; readonly workspaceId: string; readonly webhookId: string }
  | {
      readonly kind: 'delivery';
      readonly workspaceId: string;
      readonly webhookId: string;
      /** Of the thousands in a fan-out few are told by name: their ids are derived for these alone. */
      readonly deliveryId: () => string;
    }
  | { readonly kind: 'redelivery'; readonly workspaceId: string; readonly redeliveryId: string }
  | { readonly kind: 'list'; readonly workspaceId: string | null; readonly list: List };

/** Any event, known here by the fields that events have in common. */
export type AnyEvent = Recorded<DomainEvent<string, Readonly<Record<string, unknown>>>>;

export const changesOf = (event: AnyEvent): readonly Change[] => changesIn[event.category]?.(event) ?? [];

const text = ({ data }: AnyEvent, field: string): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

const listed =
  (...lists: readonly List[]) =>
  (event: AnyEvent): Change[] =>
    lists.map((list) => ({ kind: 'list', workspaceId: text(event, 'workspaceId') || null, list }));
const audited = listed('activity');

function ofWebhook(event: AnyEvent): Change[] {
  const of = { workspaceId: text(event, 'workspaceId'), webhookId: text(event, 'webhookId') };
  const testId = text(event, 'testId');
  const test: Change[] = testId === '' ? [] : [{ kind: 'delivery', ...of, deliveryId: () => testId }];
  return [{ kind: 'webhook', ...of }, ...test, ...audited(event)];
}

function ofDelivery(event: AnyEvent): Change[] {
  const of = { workspaceId: text(event, 'workspaceId'), webhookId: text(event, 'webhookId') };
  return [{ kind: 'delivery', ...of, deliveryId: () => text(event, 'deliveryId') }];
}

function ofPlatformEvent(event: AnyEvent): Change[] {
  if (event.type !== 'EventFannedOut') return [];
  const data = event.data as EventFannedOut['data'];
  return [...data.deliveries, ...(data.skipped ?? [])].map(({ workspaceId, webhookId }) => ({
    kind: 'delivery',
    workspaceId,
    webhookId,
    deliveryId: () => deliveryIdOf(data, webhookId),
  }));
}

/** How far a job has got is no entry of the audit trail. */
function ofRedelivery(event: AnyEvent): Change[] {
  const redelivery = { workspaceId: text(event, 'workspaceId'), redeliveryId: text(event, 'redeliveryId') };
  return [{ kind: 'redelivery', ...redelivery }, ...(event.type === 'RedeliveryProgressed' ? [] : audited(event))];
}

const changesIn: Readonly<Record<string, (event: AnyEvent) => Change[]>> = {
  webhook: ofWebhook,
  delivery: ofDelivery,
  platformEvent: ofPlatformEvent,
  redelivery: ofRedelivery,
  apiClient: listed('api-clients', 'activity'),
  workspace: listed('workspaces', 'activity'),
  webhookVersion: listed('versions', 'activity'),
  trigger: listed('triggers', 'activity'),
  notification: listed('notifications', 'activity'),
  user: listed('users', 'activity'),
  consoleLink: audited,
  notice: audited,
  parkedEvent: audited,
  session: () => [],
};

/** Categories of the streams whose events change anything, be it who may listen. */
export const CATEGORIES: readonly string[] = Object.keys(changesIn);
