import type { EventMetadata, Projection, Recorded } from '../../../platform/kernel/index.ts';
import {
  FIRST_VERSION,
  type TestRequested,
  type TestTarget,
  type WebhookCreated,
  type WebhookEvent,
} from '../../webhook-configuration/contract.ts';
import type { EventFannedOut, OwedDelivery, PlatformEvent } from '../platform-event/platform-event.events.ts';
import { delivery, type Delivery } from './delivery.decider.ts';
import { deliveryIdOf } from './delivery-id.ts';
import type { AttemptRecord, DeliveryEvent, DeliveryKind, RenderingFailed } from './delivery.events.ts';

export type DeliveryDocument = {
  readonly deliveryId: string;
  readonly kind: DeliveryKind;
  /** The hook id: that of the event, or of the delivery itself for a test. */
  readonly eventId: string;
  readonly type: string;
  /** What its alert is rendered in. */
  readonly version: string;
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly eventWorkspaceId: string;
  /** Where the event stands in the store: the order in which a webhook is owed. */
  readonly eventPosition: number;
  readonly createdAt: number;
  /** Of the request that made it due: the publication, the test, the redelivery. Its attempts carry it on. */
  readonly traceId: string;
  /** `skipped`: not attempted unless it is asked for. */
  readonly outcome: Delivery['outcome'] | 'skipped';
  readonly gone: boolean;
  /** The epoch its current round belongs to. */
  readonly epoch: number;
  /** What a sender asks for when it looks for due work, by `laneOf`. */
  readonly lane: string;
  /** Null once there is nothing to do. */
  readonly dueAt: number | null;
  readonly attempts: readonly AttemptRecord[];
  /** Of the newest attempt, as it has them. */
  readonly lastStatusCode?: number | undefined;
  readonly lastErrorClass?: string | undefined;
  /** `eventPosition` while its newest attempt is one that failed: failures are found without looking at the others. */
  readonly failedPosition?: number | undefined;
  /** The newest bulk redelivery that asked for it. */
  readonly redeliveryId?: string | undefined;
  /** `eventPosition`, where one did. */
  readonly redeliveryPosition?: number | undefined;
  /** Of an unrendered one: why. */
  readonly failure?: RenderingFailure | undefined;
  /** Of the test of a draft: where it goes instead of to its webhook. */
  readonly target?: TestTarget;
  /** The delivery's own stream folded by its decider, so that an outcome can be recorded without reading it; -1 before its first event. */
  readonly state: Delivery;
  readonly revision: number;
};

export type RenderingFailure = Pick<RenderingFailed['data'], 'releasedIn' | 'fault' | 'error' | 'at'>;

/** A delivery that is redelivered again and again keeps its newest attempts; the events have them all. */
const KEPT_ATTEMPTS = 100;

/**
 * What waits in a webhook's lane stands in queues: first attempts, retries, and rounds that were asked for. Tests go beside the
 * lane.
 */
export type QueueKind = 'event' | 'retry' | 'redelivery' | 'test';
export const laneOf = (kind: QueueKind, webhookId: string, epoch: number): string =>
  kind === 'test' ? `test:${webhookId}` : `${kind}:${webhookId}:${epoch}`;
export function queueKindOf({ kind, state }: Pick<DeliveryDocument, 'kind' | 'state'>): QueueKind {
  if (kind === 'test') return 'test';
  if (state.cause !== 'fan-out') return 'redelivery';
  return state.roundAttempts === 0 ? 'event' : 'retry';
}

type Source = PlatformEvent | WebhookEvent | DeliveryEvent;

const unindexed = (type: 'text' | 'number', ...fields: readonly string[]) =>
  fields.map((field) => ({ field, type, indexed: false as const }));

/** One document a delivery: made by the recorded fan-out or by what asked for a test, changed by the delivery's own events. */
export const deliveries: Projection<DeliveryDocument, Source> = {
  name: 'deliveries',
  version: 4,
  categories: ['platformEvent', 'webhook', 'delivery'],
  fields: [
    ...unindexed('text', 'workspaceId', 'eventWorkspaceId', 'webhookId', 'eventId', 'type', 'kind', 'outcome', 'lane'),
    ...unindexed('text', 'lastErrorClass', 'redeliveryId'),
    ...unindexed('number', 'createdAt', 'eventPosition', 'epoch', 'dueAt'),
    ...unindexed('number', 'lastStatusCode', 'failedPosition', 'redeliveryPosition'),
  ],
  indexes: [
    { fields: ['lane', 'dueAt'], sparse: true },
    { fields: ['webhookId', 'failedPosition'], sparse: true },
    { fields: ['redeliveryId', 'redeliveryPosition'], sparse: true },
    { fields: ['redeliveryId', 'outcome', 'redeliveryPosition'], sparse: true },
    ['webhookId', 'outcome', 'eventPosition'],
    ['webhookId', 'eventPosition'],
    ['workspaceId', 'eventPosition'],
    ['eventWorkspaceId', 'eventPosition'],
    ['eventId'],
    ['eventPosition'],
  ],
  byPosition: false,
  keys: (event) => {
    switch (event.type) {
      case 'EventFannedOut':
        return [...matchedById(event.data).keys()];
      case 'WebhookCreated':
      case 'TestRequested':
        return event.data.testId === undefined ? [] : [event.data.testId];
      case 'AttemptSucceeded':
      case 'AttemptFailed':
      case 'DeliveryExhausted':
      case 'RenderingFailed':
      case 'RedeliveryRequested':
        return [event.data.deliveryId];
      default:
        return [];
    }
  },
  fold: (document, event, key) => {
    switch (event.type) {
      case 'EventFannedOut': {
        const matched = matchedById(event.data).get(key);
        return document ?? (matched && ofEvent(key, event, matched));
      }
      case 'WebhookCreated':
      case 'TestRequested':
        return document ?? ofTest(key, event);
      case 'AttemptSucceeded':
      case 'AttemptFailed':
      case 'DeliveryExhausted':
      case 'RenderingFailed':
      case 'RedeliveryRequested':
        return document && afterOwn(document, event);
      default:
        return undefined;
    }
  },
};

type Matched = { readonly owed: OwedDelivery; readonly outcome: 'unfinished' | 'skipped' };
const matchedByIdOf = new WeakMap<EventFannedOut['data'], ReadonlyMap<string, Matched>>();

/** A record names up to thousands of deliveries, and is folded once for each: their ids are derived once. */
function matchedById(data: EventFannedOut['data']): ReadonlyMap<string, Matched> {
  const known = matchedByIdOf.get(data);
  if (known) return known;
  const matched = [
    ...data.deliveries.map((owed): Matched => ({ owed, outcome: 'unfinished' })),
    ...(data.skipped ?? []).map((owed): Matched => ({ owed, outcome: 'skipped' })),
  ];
  const byId = new Map(matched.map((each) => [deliveryIdOf(data, each.owed.webhookId), each]));
  matchedByIdOf.set(data, byId);
  return byId;
}

function ofEvent(
  deliveryId: string,
  { data, metadata }: Recorded<EventFannedOut>,
  { owed, outcome }: Matched,
): DeliveryDocument {
  const { eventId, type, eventWorkspaceId, eventPosition } = data;
  const { webhookId, workspaceId, epoch, version = FIRST_VERSION } = owed;
  const of = { deliveryId, webhookId, workspaceId, eventId, type, version, eventWorkspaceId, eventPosition };
  const lane = laneOf('event', webhookId, epoch);
  const document: DeliveryDocument = { ...fresh(metadata), ...of, kind: 'event', epoch, lane };
  return outcome === 'skipped' ? { ...document, outcome, dueAt: null } : document;
}

function ofTest(deliveryId: string, event: Recorded<WebhookCreated | TestRequested>): DeliveryDocument {
  const { webhookId, workspaceId, version = FIRST_VERSION } = event.data;
  const of = { deliveryId, webhookId, workspaceId, eventId: deliveryId, eventWorkspaceId: workspaceId, version };
  const where = { eventPosition: event.position, lane: laneOf('test', webhookId, 0), epoch: 0 };
  const test: DeliveryDocument = { ...fresh(event.metadata), ...of, ...where, kind: 'test', type: 'test' };
  const { target } = event.type === 'TestRequested' ? event.data : {};
  return target ? { ...test, target } : test;
}

const fresh = ({ at, traceId }: EventMetadata) => ({
  createdAt: at,
  traceId,
  dueAt: at,
  outcome: 'unfinished' as const,
  gone: false,
  attempts: [],
  state: delivery.initialState(),
  revision: -1,
});

function afterOwn(document: DeliveryDocument, event: Recorded<DeliveryEvent>): DeliveryDocument {
  const state = delivery.evolve(document.state, event);
  const epoch = state.epoch ?? document.epoch;
  return {
    ...document,
    state,
    revision: event.revision,
    traceId: event.type === 'RedeliveryRequested' ? event.metadata.traceId : document.traceId,
    outcome: state.outcome,
    gone: state.gone,
    epoch,
    lane: laneOf(queueKindOf({ kind: document.kind, state }), document.webhookId, epoch),
    dueAt: dueAfter(document, event, state),
    failure: failureAfter(document, event, state),
    ...attemptsAfter(document, event),
    ...askedForBy(document, event),
  };
}

function attemptsAfter({ attempts, eventPosition }: DeliveryDocument, event: DeliveryEvent): Partial<DeliveryDocument> {
  if (event.type !== 'AttemptSucceeded' && event.type !== 'AttemptFailed') return {};
  const { attempt, round, startedAt, endedAt, url, statusCode, answer, errorClass, error } = event.data;
  const record = { attempt, round, startedAt, endedAt, url, statusCode, answer, errorClass, error };
  return {
    attempts: [...attempts, record].slice(-KEPT_ATTEMPTS),
    lastStatusCode: statusCode,
    lastErrorClass: errorClass,
    failedPosition: event.type === 'AttemptFailed' ? eventPosition : undefined,
  };
}

/** One that is asked for by itself stays among those that the job before had asked for. */
function askedForBy({ eventPosition }: DeliveryDocument, event: DeliveryEvent): Partial<DeliveryDocument> {
  if (event.type !== 'RedeliveryRequested' || event.data.redeliveryId === undefined) return {};
  return { redeliveryId: event.data.redeliveryId, redeliveryPosition: eventPosition };
}

function dueAfter(document: DeliveryDocument, event: Recorded<DeliveryEvent>, state: Delivery): number | null {
  if (event.type === 'RedeliveryRequested') return event.data.dueAt;
  if (event.type === 'AttemptFailed') return event.data.round < state.round ? document.dueAt : event.data.nextAttemptAt;
  return null;
}

function failureAfter(
  document: DeliveryDocument,
  event: Recorded<DeliveryEvent>,
  state: Delivery,
): RenderingFailure | undefined {
  if (state.outcome !== 'unrendered') return undefined;
  if (event.type !== 'RenderingFailed') return document.failure;
  const { releasedIn, fault, error, at } = event.data;
  return { releasedIn, fault, error, at };
}
