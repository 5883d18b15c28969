import type { ActivityItem } from './api.ts';

const columns = ['at', 'kind', 'actor', 'summary'] as const;

/** One line an item, in the order given. */
export function activityTable(items: readonly ActivityItem[]): string[] {
  const rows = items.map((item) => columns.map((column) => item[column]));
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  // The last column ends the line, however long it is.
  return [line(columns), line(columns.map((_, i) => '-'.repeat(Math.min(widths[i] ?? 0, 40)))), ...rows.map(line)];
}
