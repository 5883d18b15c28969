import type { LocationWebhook } from '../../webhook-record/location-webhooks.projection.ts';

/** Parameters as they are sent. */
export type Asked = Readonly<Record<string, string>>;

/** What a list answers, in the plainest words: the reference that the adapters are compared with. Records are their Ids. */
export function answer(webhooks: readonly LocationWebhook[], reached: readonly string[], asked: Asked) {
  const { page = '1', size = '25', orderBy = 'Id', dir = '1', ...filters } = asked;
  const there = webhooks.filter(({ workspaceId, removed }) => reached.includes(workspaceId) && !removed);
  const listed = there
    .filter(({ number, action }) => number !== null && action !== null)
    .filter((webhook) => Object.entries(filters).every(([name, text]) => holds(shown(webhook), name, text)))
    .toSorted((a, b) => compare(shown(a)[orderBy], shown(b)[orderBy]) || compare(a.webhookId, b.webhookId));
  if (dir === '-1') listed.reverse();
  const first = (Number(page) - 1) * Number(size);
  const records = listed.slice(first, first + Number(size));
  const business = asked['WebHook_Business'];
  return {
    Records: records.map(({ number }) => number),
    CurrentPage: Number(page),
    CurrentPageSize: Number(size),
    CurrentOrderField: orderBy,
    CurrentSortDirection: Number(dir),
    FirstItem: records[0] ? listed.indexOf(records[0]) + 1 : 0,
    LastItem: records[0] ? listed.indexOf(records[0]) + records.length : 0,
    TotalItems: listed.length,
    TotalPages: [...listed.keys()].filter((place) => place % Number(size) === 0).length,
    HasNextPage: listed.length > first + Number(size),
    HasPreviousPage: Number(page) > 1,
    leftOut: there.filter(
      ({ action, businessId }) => action === null && (business === undefined || `${businessId}` === business),
    ).length,
  };
}

type Shown = Readonly<Record<string, string | number | boolean | null>>;

/** Instants are text to the millisecond, which sorts as they do. */
const shown = (webhook: LocationWebhook): Shown => ({
  Business: webhook.businessId,
  BusinessId: webhook.businessId,
  Name: webhook.name,
  Action: webhook.action,
  Description: webhook.description,
  URL: webhook.url,
  Active: webhook.active,
  LastError: webhook.lastError,
  ErrorCount: webhook.errorCount,
  LastTrigger: webhook.lastTrigger === null ? null : new Date(webhook.lastTrigger).toISOString(),
  Id: webhook.number,
  CreatedOn: new Date(webhook.createdOn).toISOString(),
  UpdatedOn: new Date(webhook.updatedOn).toISOString(),
  UpdatedBy: webhook.updatedBy,
});

function holds(webhook: Shown, name: string, text: string): boolean {
  const [, bound, field = ''] = /^(from_|to_)?WebHook_(.+)$/.exec(name) ?? [];
  const value = webhook[field];
  if (value === null || value === undefined) return false;
  const isInstant = field === 'LastTrigger' || field === 'CreatedOn' || field === 'UpdatedOn';
  const order = isInstant
    ? compare(String(value).slice(0, text.replace('Z', '').length), text.replace('Z', ''))
    : compare(value, typeof value === 'number' ? Number(text) : typeof value === 'boolean' ? text === 'true' : text);
  return bound === 'from_' ? order >= 0 : bound === 'to_' ? order <= 0 : order === 0;
}

/** Nulls first; text by code point, which is the order of its UTF-8 bytes. */
function compare(a: Shown[string] | undefined, b: Shown[string] | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (a === null || a === undefined || b === null || b === undefined) return Number(a !== null) - Number(b !== null);
  return Number(a) - Number(b);
}
