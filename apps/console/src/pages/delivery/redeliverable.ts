import type { DeliveryView } from '../../api/types.ts';

type Of = Pick<DeliveryView, 'status' | 'kind'>;

/** Why a delivery cannot be sent again, or undefined if it can. `isEnabled` is that of its webhook, unknown while undefined. */
export function reasonNotToRedeliver({ status, kind }: Of, isEnabled: boolean | undefined): string | undefined {
  if (kind === 'test') return 'A test is not redelivered. Send another test.';
  if (status === 'cancelled') return 'It was cancelled.';
  if (isEnabled === false) return 'The webhook is disabled. Enable it first.';
  if (status === 'pending') return 'It is still being attempted.';
  return undefined;
}
