import type { Projection, Sealed } from '../../../platform/kernel/index.ts';
import {
  defaultDelivery,
  type Dialect,
  type DeliverySettings,
  type PreviousSecret,
  type WebhookEvent,
  type WebhookSettings,
} from '../../webhook-configuration/contract.ts';

/** A webhook as the sender sees it: where to send, with what, and whether its lane moves. */
export type Lane = {
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly dialect: Dialect;
  /** Null in the location dialect: the secret of its workspace signs. */
  readonly secret: Sealed | null;
  /** That of before the newest rotation, which signs beside it before `until`. */
  readonly previousSecret: PreviousSecret | null;
  readonly headers: Readonly<Record<string, Sealed>>;
  readonly enabled: boolean;
  readonly removed: boolean;
  readonly delivery: DeliverySettings;
  readonly epoch: number;
  /** While it is enabled, deliveries of this epoch and later ones are pending; what is of an earlier one stays held. */
  readonly pendingFrom: number;
  /** Unfinished deliveries of epochs up to this one are cancelled; -1 for none. */
  readonly cancelledUpTo: number;
};

/** Folded by Delivery for itself, so that an attempt needs no other module. */
export const lanes: Projection<Lane, WebhookEvent> = {
  name: 'lanes',
  version: 4,
  categories: ['webhook'],
  fields: [],
  keys: (event) => [event.data.webhookId],
  fold: (lane, event) => {
    if (event.type === 'WebhookCreated') {
      const { webhookId, workspaceId, url, dialect = 'workspace', secret, headers, epoch, status } = event.data;
      const delivery = event.data.delivery ?? defaultDelivery;
      const config = { webhookId, workspaceId, url, dialect, secret, previousSecret: null, headers, delivery };
      return { ...config, enabled: status === 'enabled', removed: false, epoch, pendingFrom: epoch, cancelledUpTo: -1 };
    }
    if (!lane) return undefined;
    switch (event.type) {
      case 'WebhookChanged':
        return changed(lane, event.data);
      case 'WebhookSecretRotated': {
        const { secret, previous, previousUntil: until } = event.data;
        const isKept = previous !== undefined && until !== undefined;
        return { ...lane, secret, previousSecret: isKept ? { secret: previous, until } : null };
      }
      case 'WebhookEnabled': {
        const { epoch, held } = event.data;
        return { ...lane, enabled: true, epoch, pendingFrom: held === 'release' ? lane.cancelledUpTo + 1 : epoch };
      }
      case 'WebhookDisabled':
        return { ...lane, enabled: false, epoch: event.data.epoch };
      case 'WebhookRemoved':
        return { ...lane, enabled: false, removed: true };
      case 'HeldCancelled':
        return { ...lane, cancelledUpTo: event.data.upTo, epoch: event.data.epoch };
      default:
        return undefined;
    }
  },
};

/** Only a strictly ordered lane looks at other epochs than its own: what it had yet to send of them is held when it stops being one. */
function changed(lane: Lane, { url, secret, headers, delivery = defaultDelivery }: WebhookSettings): Lane {
  const pendingFrom = delivery.strictOrder ? lane.pendingFrom : lane.epoch;
  const previousSecret = secret === lane.secret ? lane.previousSecret : null;
  return { ...lane, url, secret, previousSecret, headers, delivery, pendingFrom };
}
