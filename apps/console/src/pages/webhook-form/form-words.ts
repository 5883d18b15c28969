import { count, number } from '../../words/numbers.ts';
import type { DeliveryValues } from './form-values.ts';

type Counted = { readonly total: number; readonly totalIsAtLeast?: boolean };

/** Of the workspaces below this one: "Covers this workspace and 14 below it." */
export function coveredInWords({ total, totalIsAtLeast }: Counted): string {
  if (total === 0) return 'Covers this workspace alone: there is none below it yet.';
  return `Covers this workspace and ${totalIsAtLeast ? `at least ${number(total)}` : number(total)} below it.`;
}

/** Of all that are covered: "15 workspaces". */
export function workspacesInWords(isApplied: boolean, below: Counted | undefined): string {
  if (!isApplied) return 'This workspace';
  if (below === undefined) return 'This workspace and all below it';
  const text = count(below.total + 1, ['workspace', 'workspaces']);
  return below.totalIsAtLeast ? `At least ${text}` : text;
}

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
