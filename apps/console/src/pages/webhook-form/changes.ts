import type { WebhookView } from '../../api/types.ts';
import { count } from '../../words/numbers.ts';
import { labelOf } from './field-errors.ts';
import { waitsInWords } from './retry-waits.ts';

export type Change = { readonly label: string; /** In words, one line each. */ readonly lines: readonly string[] };
type Settings = Omit<WebhookView, 'id'>;

/** What somebody else changed of what the form holds. `withStatus`: a draft has none. */
export function changesBetween(before: Settings, after: Settings, withStatus: boolean): readonly Change[] {
  const texts = (['name', 'description', 'url', 'version'] as const).map((field) =>
    change(labelOf(field), before[field] === after[field] ? [] : [fromTo(before[field], after[field])]),
  );
  const all = [
    ...texts,
    change(labelOf('secret'), before.secret === after.secret ? [] : ['another one']),
    change(labelOf('headers'), headerLines(before.headers, after.headers)),
    change(labelOf('triggers'), listLines(before.triggers, after.triggers)),
    change(
      labelOf('applyToAllDescendants'),
      before.applyToAllDescendants === after.applyToAllDescendants ? [] : [after.applyToAllDescendants ? 'on' : 'off'],
    ),
    change('Status', withStatus && before.status !== after.status ? [fromTo(before.status, after.status)] : []),
    change('Delivery', deliveryLines(before.delivery, after.delivery)),
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

const change = (label: string, lines: readonly string[]): Change => ({ label, lines });
const fromTo = (before: string, after: string): string =>
  `${before === '' ? 'nothing' : before} → ${after === '' ? 'nothing' : after}`;

function headerLines(before: WebhookView['headers'], after: WebhookView['headers']): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    if (!(name in after)) return [`${name} removed`];
    if (!(name in before)) return [`${name} added`];
    return before[name] === after[name] ? [] : [`${name} has another value`];
  });
}

const MOST_NAMED = 6;

function listLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const named = (types: readonly string[], what: string): readonly string[] => {
    if (types.length === 0) return [];
    return types.length > MOST_NAMED
      ? [`${count(types.length, ['trigger', 'triggers'])} ${what}`]
      : [`${types.join(', ')} ${what}`];
  };
  return [
    ...named(
      after.filter((type) => !before.includes(type)),
      'added',
    ),
    ...named(
      before.filter((type) => !after.includes(type)),
      'removed',
    ),
  ];
}

function deliveryLines(before: WebhookView['delivery'], after: WebhookView['delivery']): readonly string[] {
  const rows: readonly (readonly [string, (delivery: WebhookView['delivery']) => string])[] = [
    [labelOf('delivery.concurrency'), ({ concurrency }) => String(concurrency)],
    [
      labelOf('delivery.ratePerSecond'),
      ({ ratePerSecond }) => (ratePerSecond === null ? 'no limit' : String(ratePerSecond)),
    ],
    [labelOf('delivery.burst'), ({ burst }) => String(burst)],
    [labelOf('delivery.strictOrder'), ({ strictOrder }) => (strictOrder ? 'on' : 'off')],
    [
      labelOf('delivery.schedule'),
      ({ schedule }) => (schedule === null ? 'usual' : waitsInWords(schedule.slice(1)) || 'one attempt'),
    ],
    [labelOf('delivery.onExhausted'), ({ onExhausted }) => (onExhausted === 'disable' ? 'disable it' : 'go on')],
  ];
  return rows.flatMap(([label, text]) =>
    text(before) === text(after) ? [] : [`${label}: ${fromTo(text(before), text(after))}`],
  );
}
