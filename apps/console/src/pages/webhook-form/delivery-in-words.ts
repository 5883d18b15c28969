import type { DeliveryValues } from './form-values.ts';

/** The settings in a line, as far as they are not the usual ones. */
export function deliveryInWords(values: DeliveryValues): string {
  const parts = [
    values.strictOrder ? 'in order' : values.concurrency === '16' ? '' : `${values.concurrency} at once`,
    values.isLimited ? `${values.ratePerSecond} a second` : '',
    values.hasOwnWaits ? 'waits of its own' : '',
    values.onExhausted === 'continue' ? 'goes on after failures' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'As usual' : parts.join(', ');
}
