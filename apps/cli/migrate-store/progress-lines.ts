export type Counts = { readonly total?: number; /** From the start. */ readonly done?: number };

export type Progress = {
  /** Tells of the work as long as it lasts. */
  readonly during: <T>(what: string, work: () => Promise<T>, counts?: Counts) => Promise<T>;
  /** Of the work that is going on. */
  readonly moved: (count: number) => void;
};

const EVERY_MS = 1_000;

/** About a line a second while something moves, and one when it is done. */
export function progressLines(say: (line: string) => void, now: () => number = () => performance.now()): Progress {
  let what = '';
  let counts: Counts = {};
  let [moved, begunAt, saidAt] = [0, 0, 0];
  const count = () => inWords((counts.done ?? 0) + moved);
  const rate = () => `${inWords(Math.round((moved * 1_000) / Math.max(1, now() - begunAt)))}/s`;
  return {
    during: async (name, work, of = {}) => {
      [what, counts, moved] = [name, of, 0];
      begunAt = saidAt = now();
      const result = await work();
      say(`${what}: ${count()} in ${((now() - begunAt) / 1_000).toFixed(1)} s (${rate()})`);
      return result;
    },
    moved: (more) => {
      moved += more;
      if (now() - saidAt < EVERY_MS) return;
      saidAt = now();
      say(`${what}: ${count()}${counts.total === undefined ? '' : ` of ${inWords(counts.total)}`} (${rate()})`);
    },
  };
}

export const inWords = (count: number): string => count.toLocaleString('en-US');
