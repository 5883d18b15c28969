import type { Projection } from '../../../platform/kernel/index.ts';
import type { DeliveryEvent, RenderingFailed } from '../delivery/delivery.events.ts';

/** Alerts of one trigger that could not be made in a version, because of one release and in one way. */
export type RenderingFailuresDocument = Pick<
  RenderingFailed['data'],
  'version' | 'releasedIn' | 'type' | 'fault' | 'deliveryId' | 'webhookId' | 'error'
> & {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

/** Delivery, webhook and error are those of the last. */
export const renderingFailures: Projection<RenderingFailuresDocument, DeliveryEvent> = {
  name: 'rendering-failures',
  version: 1,
  categories: ['delivery'],
  fields: [
    { field: 'version', type: 'text', indexed: false },
    { field: 'releasedIn', type: 'text', indexed: false },
    { field: 'lastAt', type: 'number', indexed: false },
  ],
  byPosition: false,
  keys: (event) => (event.type === 'RenderingFailed' ? [keyOf(event.data)] : []),
  fold: (document, event) => {
    if (event.type !== 'RenderingFailed') return undefined;
    const { version, releasedIn, type, fault, deliveryId, webhookId, error, at } = event.data;
    const of = { version, releasedIn, type, fault, deliveryId, webhookId, error };
    return { ...of, count: (document?.count ?? 0) + 1, firstAt: document?.firstAt ?? at, lastAt: at };
  },
};

const keyOf = ({ version, releasedIn, type, fault }: RenderingFailed['data']): string =>
  JSON.stringify([version, releasedIn, type, fault]);
