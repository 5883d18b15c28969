import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../../../platform/event-store/index.ts';
import type { DomainEvent } from '../../../../platform/kernel/index.ts';
import { laneOf, type DeliveryDocument } from '../../delivery/deliveries.projection.ts';
import { delivery } from '../../delivery/delivery.decider.ts';
import { defaultDelivery, FIRST_VERSION } from '../../../webhook-configuration/contract.ts';
import type { Lane } from '../../lanes/lanes.projection.ts';

/** Enabled since its first epoch, with nothing released or cancelled. */
export const laneWith = (changes: Partial<Lane> = {}): Lane => ({
  webhookId: 'hook',
  workspaceId: 'workspace',
  url: 'https://receiver.example/hook',
  dialect: 'workspace',
  secret: 'sealed',
  previousSecret: null,
  headers: {},
  enabled: true,
  removed: false,
  epoch: 0,
  delivery: defaultDelivery,
  pendingFrom: changes.epoch ?? 0,
  cancelledUpTo: -1,
  ...changes,
});

/** Of the lane's first epoch, due at instant 0, and not attempted yet. */
export const deliveryWith = (deliveryId: string, changes: Partial<DeliveryDocument> = {}): DeliveryDocument => ({
  deliveryId,
  kind: 'event',
  eventId: `event of ${deliveryId}`,
  type: 'created',
  version: FIRST_VERSION,
  webhookId: 'hook',
  workspaceId: 'workspace',
  eventWorkspaceId: 'child',
  eventPosition: 1,
  createdAt: 0,
  traceId: 'trace',
  outcome: 'unfinished',
  gone: false,
  epoch: 0,
  lane: laneOf(changes.kind ?? 'event', changes.webhookId ?? 'hook', changes.epoch ?? 0),
  dueAt: 0,
  attempts: [],
  state: delivery.initialState(),
  revision: -1,
  ...changes,
});

export const append = (store: EventStore, stream: string, ...events: DomainEvent[]) =>
  store.append({
    stream,
    expected: 'any',
    events: events.map((event) => ({ ...event, id: randomUUID() })),
    metadata: { at: 0, actor: 'client:tester', traceId: 'trace' },
  });
