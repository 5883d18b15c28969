import type { Body, DeliveryView, Query } from '../../api/types.ts';

type ListQuery = Query<'/deliveries'>;
type Redelivery = Body<'/redeliveries', 'post'>;
export type Status = DeliveryView['status'];

/** Of the URL. */
export type Filters = {
  readonly status?: Status;
  readonly code?: string;
  readonly errorClass?: string;
  readonly trigger?: string;
  readonly eventWorkspace?: string;
  readonly event?: string;
  readonly kind?: 'event' | 'test';
  readonly from?: string;
  readonly to?: string;
  readonly redelivery?: string;
};

const names = [
  'status',
  'code',
  'errorClass',
  'trigger',
  'eventWorkspace',
  'event',
  'kind',
  'from',
  'to',
  'redelivery',
] as const;

/** The filters alone, of whatever else a URL has. */
export const filtersOf = (search: Readonly<Record<string, unknown>>): Filters =>
  Object.fromEntries(names.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])));

export const noFilters = Object.fromEntries(names.map((name) => [name, undefined])) as Record<keyof Filters, undefined>;
export const isFiltered = (filters: Filters): boolean => Object.values(filters).some((value) => value !== undefined);

const CODE = /^[1-9](xx|\d\d)$/;
export const isCode = (text: string): boolean => CODE.test(text);

/** What the API is asked for. What it would refuse of a URL written by hand is left out. */
export function queryOf(
  webhook: string,
  { trigger, code, errorClass, ...same }: Filters,
  known: readonly string[],
): ListQuery {
  return {
    webhook,
    ...same,
    ...(trigger === undefined ? {} : { type: trigger }),
    ...(code !== undefined && isCode(code) ? { code } : {}),
    ...(errorClass !== undefined && known.includes(errorClass)
      ? { errorClass: errorClass as ListQuery['errorClass'] }
      : {}),
  };
}

export const redeliverable = ['exhausted', 'unrendered', 'skipped', 'held', 'succeeded'] as const;
export type Redeliverable = (typeof redeliverable)[number];
export const notDelivered: readonly Redeliverable[] = ['exhausted', 'unrendered', 'skipped', 'held'];

const isRedeliverable = (status: Status): status is Redeliverable => redeliverable.some((known) => known === status);

/** Why a redelivery cannot be given this filter, or undefined. */
export function reasonAgainstFilter({ status, kind, redelivery }: Filters): string | undefined {
  if (kind === 'test') return 'Tests are not redelivered.';
  if (redelivery !== undefined) return 'Clear the filter by job first: a job cannot be chosen by another one.';
  if (status === 'pending') return 'These are still being attempted.';
  if (status === 'cancelled') return 'These were cancelled.';
  return undefined;
}

/** The statuses a redelivery by this filter goes through. */
export const statusesOf = ({ status }: Filters, what: 'not-delivered' | 'all'): readonly Redeliverable[] => {
  if (status !== undefined) return isRedeliverable(status) ? [status] : [];
  return what === 'all' ? redeliverable : notDelivered;
};

/** The job that sends again what this query lists, as far as it can be sent again. */
export function redeliveryOf(query: ListQuery, what: 'not-delivered' | 'all'): Omit<Redelivery, 'ratePerSecond'> {
  const { webhook, from, to, status, type, code, errorClass, event, eventWorkspace } = query;
  const filter = {
    type,
    code,
    errorClass,
    event,
    eventWorkspace,
    ...(status !== undefined && isRedeliverable(status) ? { status } : {}),
  };
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return {
    webhookId: webhook,
    what: status === 'succeeded' ? 'all' : what,
    ...(from === undefined ? {} : { since: from }),
    ...(to === undefined ? {} : { until: to }),
    ...(Object.keys(given).length === 0 ? {} : { filter: given }),
  };
}
