import { instant, oneOf, searchOf, text } from './search.ts';

/** What each page keeps in its URL. `cursors` is the way to the shown page of a list, `sort` a field with `-` before it for descending. */
export const signedOutReason = oneOf('ended', 'signed-out', 'everywhere', 'password');

const tab = oneOf('deliveries', 'configuration', 'verify', 'draft', 'activity');
const part = oneOf('request', 'response', 'timing', 'event', 'signatures');
const deliveryFilters = {
  status: oneOf('pending', 'held', 'succeeded', 'exhausted', 'unrendered', 'skipped', 'cancelled'),
  code: text,
  errorClass: text,
  trigger: text,
  eventWorkspace: text,
  event: text,
  kind: oneOf('event', 'test'),
  from: instant,
  to: instant,
  period: text,
  /** The newest bulk redelivery that asked for them. */
  redelivery: text,
};
const details = {
  tab,
  ...deliveryFilters,
  /** The delivery that is open beside the page, and its attempt. */
  delivery: text,
  attempt: text,
  part,
  deliveryCursors: text,
  activityCursors: text,
};

/** The filters of the deliveries have `d.` nowhere: a row that is open in place keeps the URL of its own page. */
export const webhookDetails = searchOf(details);
export const webhooks = searchOf({
  ...details,
  /** The webhook whose details are open in place. */
  open: text,
  search: text,
  state: oneOf('enabled', 'disabled', 'exhausted', 'expired', 'expiring'),
  listens: text,
  version: text,
  health: oneOf('failing', 'delivering', 'idle'),
  sort: oneOf('name', '-name', 'created', '-created', 'updated', '-updated'),
  cursors: text,
});
export const delivery = searchOf({ attempt: text, part });
export const activity = searchOf({
  actor: text,
  kind: text,
  webhook: text,
  /** Of every workspace in reach instead of this one. */
  where: oneOf('all'),
  from: instant,
  to: instant,
  search: text,
  open: text,
  cursors: text,
});
export const triggers = searchOf({
  search: text,
  open: text,
  version: text,
  view: oneOf('schema', 'example', 'webhooks'),
});
export const apiClients = searchOf({ status: oneOf('active', 'revoked'), open: text, cursors: text });
export const users = searchOf({ search: text, role: text, status: text, open: text, cursors: text });
export const versions = searchOf({
  open: text,
  month: text,
  day: text,
  tab: oneOf('adoption', 'notices', 'changes', 'failures'),
  noticeCursors: text,
  cursors: text,
});
export const health = searchOf({ lane: text, search: text, sort: text, cursors: text });
export const mails = searchOf({ open: text, state: text, search: text, view: oneOf('text', 'html'), cursors: text });
