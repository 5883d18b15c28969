import type { Projection } from '../../../platform/kernel/index.ts';
import type { AttemptFailed, AttemptSucceeded, DeliveryEvent, DeliveryExhausted } from '../delivery/delivery.events.ts';
import { counting, type ResponseTimes } from './response-times.ts';

export type HourOfWebhook = {
  /** Attempts that were answered 2xx. */
  readonly succeeded: number;
  /** Attempts that failed. */
  readonly failed: number;
  /** Deliveries of which every attempt of a round failed. */
  readonly exhausted: number;
  /** Of the attempts that got an answer. */
  readonly times: ResponseTimes;
};

export type LastFailure = {
  readonly at: number;
  /** Null when no answer came. */
  readonly statusCode: number | null;
  readonly errorClass: string | null;
};

/**
 * What became of a webhook's attempts on one day of UTC; tests are none. Instants are milliseconds since the epoch, and those at which
 * attempts ended. Kept for ever: a few KB for each day on which a webhook was sent something.
 */
export type WebhookDay = {
  readonly webhookId: string;
  readonly workspaceId: string;
  /** `2026-11-02`. */
  readonly day: string;
  /** By the hour, `0` to `23`; those in which nothing happened are not there. */
  readonly hours: Readonly<Record<string, HourOfWebhook>>;
  readonly lastAttemptAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastFailure: LastFailure | null;
};

type Counted = AttemptSucceeded | AttemptFailed | DeliveryExhausted;
type At = { readonly metadata: { readonly at: number } };

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const hourOf = (at: number): number => new Date(at).getUTCHours();
export const dayIdOf = (webhookId: string, day: string): string => `${webhookId}:${day}`;

/** Events count where they happened, in whichever order they were stored. */
export const webhookStatistics: Projection<WebhookDay, DeliveryEvent> = {
  name: 'webhook-statistics',
  version: 1,
  categories: ['delivery'],
  fields: [],
  byPosition: false,
  storedWithin: 'second',
  keys: (event) => (isCounted(event) ? [dayIdOf(event.data.webhookId, dayOf(instantOf(event)))] : []),
  fold: (document, event) => {
    if (!isCounted(event)) return undefined;
    const at = instantOf(event);
    const { webhookId, workspaceId } = event.data;
    const day: WebhookDay = document ?? { ...EMPTY_DAY, webhookId, workspaceId, day: dayOf(at) };
    const hour = hourOf(at);
    const hours = { ...day.hours, [hour]: countedIn(day.hours[hour] ?? EMPTY_HOUR, event) };
    return { ...day, hours, ...(event.type === 'DeliveryExhausted' ? {} : lastOf(day, event)) };
  },
};

const EMPTY_DAY = { hours: {}, lastAttemptAt: null, lastSuccessAt: null, lastFailure: null };
const EMPTY_HOUR: HourOfWebhook = { succeeded: 0, failed: 0, exhausted: 0, times: {} };

const isCounted = <E extends DeliveryEvent>(event: E): event is E & Counted =>
  event.type === 'AttemptSucceeded' || event.type === 'AttemptFailed' || event.type === 'DeliveryExhausted'
    ? event.data.kind !== 'test'
    : false;

/** A delivery is exhausted by the attempt that is recorded with it, at the instant that one ended. */
const instantOf = (event: Counted & At): number =>
  event.type === 'DeliveryExhausted' ? event.metadata.at : event.data.endedAt;

function countedIn(hour: HourOfWebhook, event: Counted): HourOfWebhook {
  if (event.type === 'DeliveryExhausted') return { ...hour, exhausted: hour.exhausted + 1 };
  const { statusCode, startedAt, endedAt } = event.data;
  const times = statusCode === undefined ? hour.times : counting(hour.times, endedAt - startedAt);
  return event.type === 'AttemptSucceeded'
    ? { ...hour, times, succeeded: hour.succeeded + 1 }
    : { ...hour, times, failed: hour.failed + 1 };
}

type Last = Pick<WebhookDay, 'lastAttemptAt' | 'lastSuccessAt' | 'lastFailure'>;

function lastOf(day: Last, { type, data }: AttemptSucceeded | AttemptFailed): Last {
  const { endedAt: at, statusCode = null, errorClass = null } = data;
  const lastAttemptAt = Math.max(at, day.lastAttemptAt ?? at);
  if (type === 'AttemptSucceeded') {
    return { lastAttemptAt, lastSuccessAt: Math.max(at, day.lastSuccessAt ?? at), lastFailure: day.lastFailure };
  }
  const isNewest = at >= (day.lastFailure?.at ?? at);
  const { lastSuccessAt } = day;
  return { lastAttemptAt, lastSuccessAt, lastFailure: isNewest ? { at, statusCode, errorClass } : day.lastFailure };
}
