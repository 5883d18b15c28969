import type { Projection, Sealed } from '../../../platform/kernel/index.ts';
import type { WebhookEvent } from '../../webhook-configuration/contract.ts';

/** A webhook as the sender sees it: where to send, with what, and whether its lane moves. */
export type Lane = {
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly secret: Sealed;
  readonly headers: Readonly<Record<string, Sealed>>;
  readonly enabled: boolean;
  readonly removed: boolean;
  readonly epoch: number;
  /** Deliveries of epochs up to `upTo` begin a new round in `epoch`, from `at` on. */
  readonly release: { readonly upTo: number; readonly epoch: number; readonly at: number } | null;
  /** Unfinished deliveries of epochs up to this one are cancelled; -1 for none. */
  readonly cancelledUpTo: number;
};

/** Folded by Delivery for itself, so that an attempt needs no other module. */
export const lanes: Projection<Lane, WebhookEvent> = {
  name: 'lanes',
  version: 1,
  categories: ['webhook'],
  fields: [],
  keys: (event) => [event.data.webhookId],
  fold: (lane, event) => {
    if (event.type === 'WebhookCreated') {
      const { webhookId, workspaceId, url, secret, headers, epoch, status } = event.data;
      const enabled = status === 'enabled';
      const config = { webhookId, workspaceId, url, secret, headers };
      return { ...config, enabled, removed: false, epoch, release: null, cancelledUpTo: -1 };
    }
    if (!lane) return undefined;
    switch (event.type) {
      case 'WebhookChanged':
        return { ...lane, url: event.data.url, secret: event.data.secret, headers: event.data.headers };
      case 'WebhookEnabled':
        return { ...lane, enabled: true, epoch: event.data.epoch };
      case 'WebhookDisabled':
        return { ...lane, enabled: false, epoch: event.data.epoch };
      case 'WebhookRemoved':
        return { ...lane, enabled: false, removed: true };
      case 'HeldReleased':
        return { ...lane, release: { upTo: event.data.upTo, epoch: event.data.epoch, at: event.metadata.at } };
      case 'HeldCancelled':
        return { ...lane, cancelledUpTo: event.data.upTo, epoch: event.data.epoch };
      default:
        return undefined;
    }
  },
};
