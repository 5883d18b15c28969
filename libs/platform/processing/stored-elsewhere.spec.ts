import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { START, type Position } from '../kernel/index.ts';
import { Progress } from './progress.ts';
import { soundCheckpoint, StoredElsewhere, waitingFor } from './stored-elsewhere.ts';
import { counters } from './testing/counters.ts';
import { notYet } from './testing/shared-process.ts';
import { Stores } from './testing/stores.ts';

/** A checkpoint that another process moves. */
function elsewhere(progress?: Progress) {
  const state = { stored: START as Position | undefined, asked: 0, failing: false };
  const watched = new StoredElsewhere(async () => {
    state.asked++;
    if (state.failing) throw new Error('It cannot be read now.');
    return state.stored;
  }, progress);
  return { state, watched };
}

describe('what another process stores', () => {
  it('is asked for only while somebody waits', async () => {
    const { state, watched } = elsewhere();
    await turn();
    expect(state.asked).toBe(0);
    const reached = watched.reached(5);
    while (state.asked < 3) await turn();
    state.stored = 5;
    expect(await reached).toBe(true);
    const { asked } = state;
    expect(await watched.reached(4)).toBe(true);
    for (let n = 0; n < 20; n++) await turn();
    expect([state.asked, watched.position]).toEqual([asked, 5]);
  });

  it('is asked for again by whoever waits from the moment on in which it was reached', async () => {
    const { state, watched } = elsewhere();
    const waits: Promise<boolean>[] = [];
    for (let position = 0; position < 20; position++) {
      state.stored = position;
      // Each begins a little later after the one before it has ended.
      let wait = watched.reached(position);
      for (let n = 0; n < position; n++) wait = wait.then((reached) => reached);
      waits.push(wait);
      await wait;
    }
    expect(await Promise.all(waits)).toEqual(waits.map(() => true));
  });

  it('is waited for no longer than allowed', async () => {
    expect(await elsewhere().watched.reached(1, 30)).toBe(false);
  });

  it('is not reached while it is none that anybody waits for, however far it seems', async () => {
    const { state, watched } = elsewhere();
    state.stored = undefined;
    const reached = watched.reached(0);
    expect(await notYet(reached)).toBe(true);
    state.stored = 0;
    expect(await reached).toBe(true);
  });

  it('is asked for again after a failure, which shows until then', async () => {
    const { state, watched } = elsewhere();
    state.failing = true;
    const reached = watched.reached(1);
    while (watched.failure === undefined) await turn();
    state.failing = false;
    state.stored = 1;
    expect(await reached).toBe(true);
    expect(watched.failure).toBeUndefined();
  });

  it('is looked at once by who does not wait', async () => {
    const { state, watched } = elsewhere();
    state.stored = 7;
    await watched.look();
    expect([watched.position, state.asked]).toEqual([7, 1]);
    state.failing = true;
    await expect(watched.look()).rejects.toThrow('cannot be read');
  });

  it('leaves nobody waiting when it ends, and shows no failure', async () => {
    const { state, watched } = elsewhere();
    state.failing = true;
    const reached = watched.reached(1);
    while (watched.failure === undefined) await turn();
    watched.end();
    expect(await reached).toBe(false);
    expect(await watched.reached(1)).toBe(false);
    expect(watched.failure).toBeUndefined();
    const { asked } = state;
    watched.begin();
    await turn();
    expect(state.asked).toBe(asked);
  });

  it('moves the progress of others, who go on waiting when it ends', async () => {
    const progress: Progress = new Progress(START, () => watched.begin());
    const { state, watched } = elsewhere(progress);
    const [first, second] = [progress.reached(1), progress.reached(2)];
    state.stored = 1;
    expect(await first).toBe(true);
    watched.end();
    state.stored = 2;
    expect(await notYet(second)).toBe(true);
    progress.moveTo(2);
    expect(await second).toBe(true);
  });
});

describe('documents to fold along with', () => {
  it('are those that are stored; to store what changed is to wait for the process that does', async () => {
    const stores = await Stores.open();
    try {
      const documents = await stores.readModel.live(counters().projection);
      const along = new StoredElsewhere(() => documents.checkpoint());
      const waiting = waitingFor(documents, along);
      const counter = { id: 'a', position: 3, document: { counter: 'a', count: 1, even: false } };
      const stored = waiting.commit([counter], 3);
      expect(await notYet(stored)).toBe(true);
      expect(await documents.get('a')).toBeUndefined();
      await documents.commit([counter], 4);
      await stored;
      expect(await waiting.get('a')).toEqual(counter);
      expect([await waiting.checkpoint(), await waiting.count()]).toEqual([4, 1]);
      await waiting.commit([], 100);
      const givenUp = waiting.commit([counter], 100);
      along.end();
      await expect(givenUp).rejects.toThrow('Given up');
    } finally {
      await stores.dispose();
    }
  });

  it.each([
    { stale: false, checkpoint: 5, head: 5, sound: 5 },
    { stale: false, checkpoint: 6, head: 5, sound: undefined },
    { stale: true, checkpoint: 5, head: 5, sound: undefined },
    { stale: false, checkpoint: START, head: START, sound: START },
  ])('are sound unless they are of another fold or another history: %j', async ({ stale, checkpoint, head, sound }) => {
    const documents = { checkpoint: async () => checkpoint, stale };
    expect(await soundCheckpoint(documents, { end: async () => head })).toBe(sound);
  });
});
