import type { FieldError } from '../../api/problem.ts';
import { filledRows, type FormValues } from './form-values.ts';

export type FormError = { readonly path: string; readonly message: string };

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  url: 'Authentication URL',
  secret: 'Authentication Secret',
  headers: 'Authorization headers',
  triggers: 'Triggers',
  applyToAllDescendants: 'Apply to child workspace',
  version: 'Version',
  isEnabled: 'Enabled',
  'delivery.concurrency': 'Alerts at once',
  'delivery.ratePerSecond': 'Alerts a second',
  'delivery.burst': 'Alerts after a quiet time',
  'delivery.strictOrder': 'Keep the order of the events',
  'delivery.schedule': 'Waits between attempts',
  'delivery.onExhausted': 'When all attempts failed',
};

/** What a field is called on the page: `headers.1.value` is "Header 2". */
export function labelOf(path: string): string {
  const row = /^headers\.(\d+)/.exec(path)?.[1];
  return row === undefined ? (labels[path] ?? path) : `Header ${Number(row) + 1}`;
}

/**
 * What the server refused, each at the field of the form that it is about; `rest` is about none. `triggers[0]` counts from the
 * triggers that were sent, `headers.X` names one.
 */
export function placed(
  errors: readonly FieldError[],
  values: FormValues,
): { readonly found: readonly FormError[]; readonly rest: readonly FieldError[] } {
  const found: FormError[] = [];
  const rest: FieldError[] = [];
  for (const error of errors) {
    const place = placeOf(error, values);
    if (place === undefined) rest.push(error);
    else found.push({ path: place.path, message: sentence(place.subject, error.message) });
  }
  return { found, rest };
}

function placeOf({ field }: FieldError, values: FormValues): { path: string; subject: string } | undefined {
  const header = /^headers\.(.+)$/s.exec(field)?.[1];
  if (header !== undefined) {
    const row = filledRows(values.headers).find(({ name }) => name === header)?.row;
    return { path: row === undefined ? 'headers' : `headers.${row}.name`, subject: header };
  }
  const [, whole = field, index] = /^(.+?)\[(\d+)\].*$/s.exec(field) ?? [];
  const path = whole === 'status' ? 'isEnabled' : whole === 'delivery' ? 'delivery.concurrency' : whole;
  const item = path === 'triggers' && index !== undefined ? values.triggers[Number(index)] : undefined;
  return path in labels ? { path, subject: item === undefined ? labelOf(path) : `“${item}”` } : undefined;
}

/** The server's messages go on after the name of the field, unless they are sentences of their own. */
function sentence(subject: string, message: string): string {
  const text = /^\p{Lu}/u.test(message) ? message : `${subject} ${message}`;
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** All errors that React Hook Form holds, in the order of the page. */
export function flatErrors(errors: object): readonly FormError[] {
  const order = Object.keys(labels);
  const rank = (path: string): number => order.findIndex((known) => path === known || path.startsWith(`${known}.`));
  return collect(errors, '').toSorted((a, b) => rank(a.path) - rank(b.path));
}

function collect(node: unknown, path: string): FormError[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('message' in node && typeof node.message === 'string' && 'type' in node) return [{ path, message: node.message }];
  return Object.entries(node).flatMap(([key, below]) =>
    // An error of a whole list stands below it.
    collect(below, key === 'root' ? path : path === '' ? key : `${path}.${key}`),
  );
}
