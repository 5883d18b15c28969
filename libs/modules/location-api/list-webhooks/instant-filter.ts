import type { Instant } from '../../../platform/kernel/index.ts';

/** The instants that a text stands for: `from` the first one, up to and without `until`. */
export type Span = { readonly from: Instant; readonly until: Instant };

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?)Z?$/;

/** `YYYY-MM-DDTHH:mm` in UTC, with or without seconds and `Z`: a second, or else a minute. Undefined for any other text. */
export function spanOf(text: string): Span | undefined {
  const [, written = '', seconds] = INSTANT.exec(text) ?? [];
  const from = Date.parse(`${written}Z`);
  // A day that does not exist would be read as one of the next month.
  if (Number.isNaN(from) || !new Date(from).toISOString().startsWith(written)) return undefined;
  return { from, until: from + (seconds === undefined ? 60_000 : 1_000) };
}
