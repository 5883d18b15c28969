type Row = { readonly id: string };

export type Frozen<T extends Row> = {
  readonly key: string;
  /** As they were read last. */
  readonly items: readonly T[];
  /** As they are shown. */
  readonly rows: readonly T[];
  /** Read, and not shown. */
  readonly fresh: number;
};

/** What is shown after reading again: the same rows at their places, with what is new in them. */
export function frozen<T extends Row>(before: Frozen<T>, items: readonly T[], key: string): Frozen<T> {
  // An empty list shows what comes: nothing of it can move.
  if (before.key !== key || before.rows.length === 0) return { key, items, rows: items, fresh: 0 };
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = new Set(before.rows.map((row) => row.id));
  return {
    key,
    items,
    rows: before.rows.map((row) => byId.get(row.id) ?? row),
    fresh: items.filter((item) => !shown.has(item.id)).length,
  };
}
