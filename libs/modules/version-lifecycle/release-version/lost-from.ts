type Members = Readonly<Record<string, unknown>>;

/** Paths from `root` of what is in JSON before, and not the same after. There may be more after. */
export function lostFrom(before: unknown, after: unknown, root: string): string[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => lostFrom(item, after[index], `${root}[${index}]`));
  if (!isObject(before) || !isObject(after)) return [root];
  return Object.entries(before).flatMap(([key, member]) =>
    Object.hasOwn(after, key) ? lostFrom(member, after[key], `${root}.${key}`) : [`${root}.${key}`],
  );
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
