import type { Body, WebhookView } from '../../api/types.ts';
import { isBlank, type HeaderRow } from './header-rules.ts';
import { readWaits, waitsInWords } from './retry-waits.ts';

type Delivery = WebhookView['delivery'];

/** What the form is for. */
export type Mode =
  | { readonly kind: 'create'; readonly trigger: string | undefined }
  | { readonly kind: 'edit'; readonly webhookId: string }
  | { readonly kind: 'draft'; readonly webhookId: string };

export type EditMode = Exclude<Mode, { kind: 'create' }>;

/** Numbers are kept as they are typed. */
export type DeliveryValues = {
  concurrency: string;
  isLimited: boolean;
  ratePerSecond: string;
  burst: string;
  strictOrder: boolean;
  hasOwnWaits: boolean;
  schedule: string;
  onExhausted: Delivery['onExhausted'];
};

export type FormValues = {
  name: string;
  description: string;
  url: string;
  /** False while the stored secret stays; `secret` is empty then. */
  hasNewSecret: boolean;
  secret: string;
  headers: HeaderRow[];
  triggers: string[];
  applyToAllDescendants: boolean;
  version: string;
  isEnabled: boolean;
  delivery: DeliveryValues;
};

/** What the server takes for a webhook that says nothing of its delivery. */
const DEFAULT_DELIVERY: Delivery = {
  concurrency: 16,
  ratePerSecond: null,
  burst: 10,
  strictOrder: false,
  schedule: null,
  onExhausted: 'disable',
};
const SUGGESTED_RATE = '10';
const SUGGESTED_WAITS = '1 min, 5 min, 30 min';

export const newValues = (version: string, triggers: string[]): FormValues => ({
  name: '',
  description: '',
  url: '',
  hasNewSecret: true,
  secret: '',
  headers: [{ name: '', value: '' }],
  triggers,
  applyToAllDescendants: false,
  version,
  isEnabled: true,
  delivery: deliveryValues(DEFAULT_DELIVERY),
});

export const valuesOf = (webhook: WebhookView): FormValues => ({
  name: webhook.name,
  description: webhook.description,
  url: webhook.url,
  hasNewSecret: false,
  secret: '',
  headers: Object.entries(webhook.headers).map(([name, value]) => ({ name, value })),
  triggers: [...webhook.triggers],
  applyToAllDescendants: webhook.applyToAllDescendants,
  version: webhook.version,
  isEnabled: webhook.status === 'enabled',
  delivery: deliveryValues(webhook.delivery),
});

const deliveryValues = (delivery: Delivery): DeliveryValues => ({
  concurrency: String(delivery.concurrency),
  isLimited: delivery.ratePerSecond !== null,
  ratePerSecond: delivery.ratePerSecond === null ? SUGGESTED_RATE : String(delivery.ratePerSecond),
  burst: String(delivery.burst),
  strictOrder: delivery.strictOrder,
  hasOwnWaits: delivery.schedule !== null,
  schedule: delivery.schedule === null ? SUGGESTED_WAITS : waitsInWords(delivery.schedule.slice(1)),
  onExhausted: delivery.onExhausted,
});

/** What is not in use is as it was: a rate without a limit is none. */
export function deliveryOf(values: DeliveryValues): Delivery {
  const { concurrency, isLimited, ratePerSecond, burst, strictOrder, hasOwnWaits, schedule, onExhausted } = values;
  const read = readWaits(schedule);
  return {
    concurrency: Number(concurrency),
    ratePerSecond: isLimited ? Number(ratePerSecond) : null,
    burst: Number(burst),
    strictOrder,
    schedule: hasOwnWaits && 'waits' in read ? [0, ...read.waits] : null,
    onExhausted,
  };
}

/** The headers that are sent, with the rows they stand in. */
export const filledRows = (headers: readonly HeaderRow[]): readonly (HeaderRow & { readonly row: number })[] =>
  headers.flatMap((header, row) => (isBlank(header) ? [] : [{ name: header.name.trim(), value: header.value, row }]));

const settingsOf = (values: FormValues) => ({
  name: values.name.trim(),
  description: values.description.trim(),
  applyToAllDescendants: values.applyToAllDescendants,
  url: values.url.trim(),
  headers: Object.fromEntries(filledRows(values.headers).map(({ name, value }) => [name, value])),
  triggers: values.triggers,
  version: values.version,
  delivery: deliveryOf(values.delivery),
});

const statusOf = ({ isEnabled }: FormValues) => (isEnabled ? 'enabled' : 'disabled');

/** Without delivery settings where they are the usual ones: those of the server hold then. */
export function createBody(values: FormValues): Body<'/settings/webhooks', 'post'> {
  const { delivery, ...settings } = settingsOf(values);
  const isUsual = JSON.stringify(delivery) === JSON.stringify(DEFAULT_DELIVERY);
  return { ...settings, ...(isUsual ? {} : { delivery }), secret: values.secret, status: statusOf(values) };
}

export const replaceBody = (values: FormValues): Body<'/settings/webhooks/{id}', 'put'> => ({
  ...settingsOf(values),
  ...(values.hasNewSecret ? { secret: values.secret } : {}),
  status: statusOf(values),
});

/** `kept`: the secret as the draft has it. Left out, the webhook's own would come back. */
export const draftBody = (values: FormValues, kept: string | null): Body<'/settings/webhooks/{id}/draft', 'put'> => {
  const secret = values.hasNewSecret ? values.secret : kept;
  return { ...settingsOf(values), ...(secret === null ? {} : { secret }) };
};
