import type { DeliveryView, WebhookView } from '../../api/types.ts';
import { number } from '../../words/numbers.ts';

type Of = Pick<DeliveryView, 'status' | 'kind'> & { readonly attempts: readonly { readonly round: number }[] };

/** "2 of 4" of the newest round, where it is known how many there can be and they are not over; else "2". */
export function attemptsInWords({ attempts, status, kind }: Of, { delivery }: Pick<WebhookView, 'delivery'>): string {
  const round = attempts.at(-1)?.round;
  const made = attempts.filter((attempt) => attempt.round === round).length;
  const most = kind === 'test' ? 1 : delivery.schedule?.length;
  const isOpen = status === 'pending' || status === 'held' || status === 'exhausted';
  return isOpen && most !== undefined && made > 0 && made <= most
    ? `${number(made)} of ${number(most)}`
    : number(attempts.length);
}
