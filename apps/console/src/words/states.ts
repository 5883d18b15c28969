import type { IconName } from '../ui/icons.tsx';
import type { Tone } from '../ui/badge.tsx';
import { countdown } from './times.ts';

export type StateWords = { readonly word: string; readonly tone: Tone; readonly icon: IconName };

export type DeliveryState = 'pending' | 'held' | 'succeeded' | 'exhausted' | 'unrendered' | 'skipped' | 'cancelled';

const deliveryStates: Readonly<Record<DeliveryState, StateWords>> = {
  pending: { word: 'Waiting', tone: 'info', icon: 'clock' },
  held: { word: 'Held', tone: 'warn', icon: 'pause' },
  succeeded: { word: 'Delivered', tone: 'ok', icon: 'checkCircle' },
  exhausted: { word: 'Failed', tone: 'bad', icon: 'crossCircle' },
  unrendered: { word: 'Not rendered', tone: 'bad', icon: 'alert' },
  skipped: { word: 'Skipped', tone: 'neutral', icon: 'ban' },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: 'ban' },
};

type OfDelivery = {
  readonly status: DeliveryState;
  readonly kind: 'event' | 'test';
  readonly nextAttemptAt: string | null;
  /** Made so far, all rounds. */
  readonly attempts: { readonly length: number };
};

/** The state of a delivery: word, colour, icon. One that failed before and is due again is "Trying again in 3:41". */
export function deliveryState({ status, nextAttemptAt, attempts }: OfDelivery, now: number): StateWords {
  if (status !== 'pending' || attempts.length === 0) return deliveryStates[status];
  const wait = nextAttemptAt === null ? 0 : Date.parse(nextAttemptAt) - now;
  return { word: wait > 0 ? `Trying again in ${countdown(wait)}` : 'Trying again now', tone: 'warn', icon: 'redo' };
}

export const deliveryStateName = (status: DeliveryState): string => deliveryStates[status].word;

type OfWebhook = {
  readonly status: 'enabled' | 'disabled';
  readonly disabledBy: 'admin' | 'exhausted' | 'gone' | 'expired' | null;
};

/** The state of a webhook: word, colour, icon. */
export function webhookState({ status, disabledBy }: OfWebhook): StateWords {
  if (status === 'enabled') return { word: 'Enabled', tone: 'ok', icon: 'checkCircle' };
  if (disabledBy === 'expired') return { word: 'Expired', tone: 'neutral', icon: 'ban' };
  if (disabledBy === 'exhausted') return { word: 'Disabled by failures', tone: 'bad', icon: 'crossCircle' };
  if (disabledBy === 'gone') return { word: 'Disabled by the receiver', tone: 'bad', icon: 'crossCircle' };
  return { word: 'Disabled', tone: 'neutral', icon: 'pause' };
}
