import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '../kernel/index.ts';
import type { Stored } from '../read-model/index.ts';
import { Progress } from './progress.ts';
import { gate, logger } from './testing/stores.ts';
import { WriteBehind } from './write-behind.ts';

type Doc = { readonly id: string };
type Commit = { readonly ids: readonly string[]; readonly position: Position; readonly checkpoint: Position };

let commits: Commit[];
let begin: (commit: Commit) => unknown;
let progress: Progress;
let behind: WriteBehind<Doc>;

beforeEach(() => {
  commits = [];
  begin = () => undefined;
  progress = new Progress(-1, () => behind.hurry());
  behind = new WriteBehind('test', progress, logger, async (documents, position, checkpoint) => {
    const commit = { ids: documents.map((stored) => `${stored.id}@${stored.position}`), position, checkpoint };
    await begin(commit);
    commits.push(commit);
    return documents.length > 0;
  });
});
afterEach(() => behind.stop());

const at = (position: Position, ...ids: string[]): Stored<Doc>[] =>
  ids.map((id) => ({ id, position, document: { id } }));
const add = (position: Position, ...ids: string[]) => behind.add(at(position, ...ids), position);
const many = (count: number, prefix = 'many') => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
/** All that can happen without a timer. */
const settle = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};
/** Commits begin, and wait for `leave`. */
function held() {
  const [entered, leave] = [gate(), gate()];
  begin = () => {
    entered.open();
    return leave.opened;
  };
  return { entered: entered.opened, leave: leave.open };
}

describe('what changes within a moment', () => {
  it('is one commit, with each document as it is last', async () => {
    add(1, 'a', 'b');
    add(2, 'a');
    add(3, 'c');
    await settle();
    expect(commits).toEqual([]);
    await progress.reached(3);
    expect(commits).toEqual([{ ids: ['a@2', 'b@1', 'c@3'], position: 3, checkpoint: -1 }]);
  });

  it('is stored though nobody waits for it', async () => {
    const stored = gate();
    begin = stored.open;
    add(1, 'a');
    await stored.opened;
    await settle();
    expect(progress.position).toBe(1);
  });

  it('is stored at once when somebody waits for it', async () => {
    add(1, 'a');
    const first = progress.reached(1);
    await settle();
    expect(progress.position).toBe(1);
    const second = progress.reached(2);
    add(2, 'a');
    await settle();
    expect(progress.position).toBe(2);
    expect(await Promise.all([first, second])).toEqual([true, true]);
  });

  it('is stored at once when it is enough for a commit', async () => {
    add(1, ...many(999));
    await settle();
    expect(commits).toEqual([]);
    add(2, 'one more');
    await settle();
    expect(commits).toMatchObject([{ position: 2 }]);
  });
});

describe('commits', () => {
  it('follow each other, and the next has what was added during one', async () => {
    const { entered, leave } = held();
    void progress.reached(4);
    add(1, 'a', 'b');
    await entered;
    add(2, 'a');
    add(3, 'c');
    await settle();
    expect(behind.get('a')).toMatchObject({ position: 2 });
    expect(behind.get('b')).toMatchObject({ position: 1 });
    leave();
    await settle();
    expect(commits).toEqual([
      { ids: ['a@1', 'b@1'], position: 1, checkpoint: -1 },
      { ids: ['a@2', 'c@3'], position: 3, checkpoint: 1 },
    ]);
    expect(behind.get('a')).toBeUndefined();
  });

  it('of a position alone are left out by the store, and it counts as reached', async () => {
    add(1, 'a');
    await progress.reached(1);
    add(5);
    expect(await progress.reached(5)).toBe(true);
    add(6);
    await progress.reached(6);
    expect(commits.map(({ checkpoint }) => checkpoint)).toEqual([-1, 1, 1]);
  });

  it('forget nothing that is added just as one ends', async () => {
    void progress.reached(1_000);
    for (let position = 1; position < 40; position += 2) {
      begin = async () => {
        begin = () => undefined;
        void Promise.resolve().then(async () => {
          for (let turns = 0; turns < position; turns += 2) await Promise.resolve();
          add(position + 1, 'late');
        });
      };
      add(position, 'a');
      expect(await progress.reached(position + 1, 500)).toBe(true);
    }
  });

  it('never take back a position when a batch is repeated in shorter ones', async () => {
    add(9, 'a');
    await progress.reached(9);
    add(5, 'b');
    add(6);
    while (behind.unsaved().length > 0) await new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(commits.at(-1)).toEqual({ ids: ['b@5'], position: 9, checkpoint: 9 });
    expect(progress.position).toBe(9);
  });
});

describe('a commit that fails', () => {
  it('is tried until it works, with what has changed since; until then its documents are seen', async () => {
    let failures = 2;
    begin = () => {
      if (failures-- <= 0) return;
      // While the first is under way.
      if (failures === 1) add(2, 'a');
      throw new Error('broken');
    };
    const stored = progress.reached(2);
    add(1, 'a', 'b');
    await settle();
    expect(behind.failure).toEqual(new Error('broken'));
    expect(behind.unsaved()).toHaveLength(2);
    expect(progress.position).toBe(-1);
    expect(behind.get('a')).toMatchObject({ position: 2 });
    expect(behind.get('b')).toMatchObject({ position: 1 });
    await stored;
    expect(commits).toEqual([{ ids: ['a@2', 'b@1'], position: 2, checkpoint: -1 }]);
    expect(behind.failure).toBeUndefined();
    expect(behind.unsaved()).toEqual([]);
  });
});

describe('who adds too much', () => {
  it('waits until some is stored', async () => {
    const { entered, leave } = held();
    add(1, ...many(9_999));
    await entered;
    await behind.room();
    add(2, 'one more');
    let room = false;
    void behind.room().then(() => (room = true));
    await settle();
    expect(room).toBe(false);
    leave();
    await settle();
    expect(room).toBe(true);
    expect(commits[0]).toMatchObject({ position: 1 });
  });

  it('is given no room by a commit that fails', async () => {
    let tries = 0;
    const [third, repaired] = [gate(), gate()];
    begin = () => {
      if (++tries > 3) return repaired.opened;
      if (tries === 3) third.open();
      throw new Error('broken');
    };
    add(1, ...many(10_000));
    let room = false;
    void behind.room().then(() => (room = true));
    await third.opened;
    await settle();
    expect(room).toBe(false);
    repaired.open();
    await progress.reached(1);
    await settle();
    expect(room).toBe(true);
  });
});

describe('a stop', () => {
  it('stores what there is at once', async () => {
    const { entered, leave } = held();
    add(1, 'a');
    await Promise.race([entered, settle()]);
    add(2, 'b');
    const stopping = behind.stop();
    leave();
    await stopping;
    expect(commits.at(-1)?.position).toBe(2);
    add(3, 'c');
    await behind.stop();
    expect(commits.at(-1)).toMatchObject({ ids: ['c@3'], position: 3 });
  });

  it('waits neither for a store that is broken, nor for the pause after it failed', async () => {
    let tries = 0;
    const failed = gate();
    begin = () => {
      // The next pause is 400 ms.
      if (++tries === 4) failed.open();
      throw new Error('broken');
    };
    add(1, 'a');
    await failed.opened;
    await settle();
    const before = performance.now();
    await behind.stop();
    expect(performance.now() - before).toBeLessThan(300);
    expect([tries, progress.position]).toEqual([5, -1]);
  });

  it('lets go who waits for room', async () => {
    begin = () => {
      throw new Error('broken');
    };
    add(1, ...many(10_000));
    const room = behind.room();
    await behind.stop();
    await room;
    expect(progress.position).toBe(-1);
  });
});
