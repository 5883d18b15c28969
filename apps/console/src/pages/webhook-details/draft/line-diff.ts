export type DiffLine = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string };

/** Beyond this many comparisons all that lies between the equal ends counts as changed. */
const MOST_CELLS = 4_000_000;

/** The fewest lines to take away and to add that make `before` into `after`; what is removed stands before what is added. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [
    ...as('same', before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...as('same', before.slice(before.length - tail)),
  ];
}

const as = (kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind, text }));

function middle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length * after.length > MOST_CELLS) return [...as('removed', before), ...as('added', after)];
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const lines: DiffLine[] = [];
  let added: DiffLine[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      lines.push(...added, { kind: 'same', text: before[a]! });
      added = [];
      a++;
      b++;
    } else if (b >= after.length || (a < before.length && common[(a + 1) * width + b]! >= common[a * width + b + 1]!)) {
      lines.push({ kind: 'removed', text: before[a++]! });
    } else {
      added.push({ kind: 'added', text: after[b++]! });
    }
  }
  return [...lines, ...added];
}

/** How many lines the rests from `a` and from `b` on have in common, at `a * (after.length + 1) + b`. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let a = before.length - 1; a >= 0; a--)
    for (let b = after.length - 1; b >= 0; b--)
      common[a * width + b] =
        before[a] === after[b]
          ? common[(a + 1) * width + b + 1]! + 1
          : Math.max(common[(a + 1) * width + b]!, common[a * width + b + 1]!);
  return common;
}

export type DiffRow = {
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
  /** Of which change it is, counted from 0; null where nothing changed. */
  readonly change: number | null;
  /** The first row of its change. */
  readonly isFirst: boolean;
};

/** For two columns: what was removed beside what was added in its place. */
export function sideBySide(lines: readonly DiffLine[]): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let change = -1;
  for (let at = 0; at < lines.length;) {
    if (lines[at]!.kind === 'same') {
      const line = lines[at++]!;
      rows.push({ left: line, right: line, change: null, isFirst: false });
      continue;
    }
    change++;
    const block: DiffLine[] = [];
    while (at < lines.length && lines[at]!.kind !== 'same') block.push(lines[at++]!);
    const removed = block.filter(({ kind }) => kind === 'removed');
    const added = block.filter(({ kind }) => kind === 'added');
    for (let row = 0; row < Math.max(removed.length, added.length); row++)
      rows.push({ left: removed[row] ?? null, right: added[row] ?? null, change, isFirst: row === 0 });
  }
  return rows;
}

/** For one column. */
export function unified(lines: readonly DiffLine[]): readonly (DiffLine & Pick<DiffRow, 'change' | 'isFirst'>)[] {
  let change = -1;
  return lines.map((line, index) => {
    const isFirst = line.kind !== 'same' && (index === 0 || lines[index - 1]!.kind === 'same');
    if (isFirst) change++;
    return { ...line, change: line.kind === 'same' ? null : change, isFirst };
  });
}

/** Runs of changed lines. */
export const changesIn = (lines: readonly DiffLine[]): number => unified(lines).filter(({ isFirst }) => isFirst).length;
