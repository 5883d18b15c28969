import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ScriptedOwnership } from '../leases/testing/scripted-ownership.ts';
import { OwnedTasks } from './owned-tasks.ts';
import { gate, logger } from './testing/stores.ts';

function tasks({ shared = true } = {}) {
  const ownership = new ScriptedOwnership({ shared });
  const log: string[] = [];
  /** What a step waits for, and how often it fails before. */
  const waits = new Map<string, Promise<void>>();
  const failing = new Map<string, number>();
  const step = (what: string) => async () => {
    log.push(what);
    const left = failing.get(what) ?? 0;
    failing.set(what, left - 1);
    if (left > 0) throw new Error(`${what} does not work now.`);
    await waits.get(what);
    log.push(`${what}: done`);
  };
  const owned = new OwnedTasks(ownership, logger, (name) => ({
    start: step(`start ${name}`),
    watch: step(`watch ${name}`),
    stop: step(`stop ${name}`),
    giveUp: () => log.push(`give up ${name}`),
  }));
  const until = async (what: string) => {
    while (!log.includes(what)) await turn();
  };
  return { ownership, log, waits, failing, owned, until };
}
const done = (log: readonly string[]) => log.filter((line) => !line.endsWith('done'));

describe('tasks of several processes', () => {
  it('are watched until they are owned, and again from when they are given back', async () => {
    const { ownership, log, owned, until } = tasks();
    await owned.start(['a', 'b']);
    expect(done(log)).toEqual(['watch a', 'watch b']);
    ownership.gain('a');
    await until('start a: done');
    log.length = 0;
    await ownership.giveBack('a');
    expect(log).toEqual(['watch a', 'watch a: done']);
  });

  it('are started and watched in the order in which they come and go', async () => {
    const { ownership, log, waits, owned, until } = tasks();
    await owned.start(['a']);
    log.length = 0;
    const starting = gate();
    waits.set('start a', starting.opened);
    ownership.gain();
    await until('start a');
    const given = ownership.giveBack();
    for (let n = 0; n < 5; n++) await turn();
    expect(log).toEqual(['start a']);
    starting.open();
    await given;
    expect(log).toEqual(['start a', 'start a: done', 'watch a', 'watch a: done']);
  });

  it('are tried until they can be started', async () => {
    const { ownership, failing, log, owned, until } = tasks();
    await owned.start(['a']);
    failing.set('start a', 2);
    ownership.gain();
    await until('start a: done');
    expect(log.filter((line) => line === 'start a')).toHaveLength(3);
  });

  it('are not started when they are lost before they could be', async () => {
    const { ownership, failing, log, owned, until } = tasks();
    await owned.start(['a']);
    failing.set('start a', Infinity);
    ownership.gain();
    await until('start a');
    log.length = 0;
    ownership.lose();
    await until('watch a: done');
    const begun = log.filter((line) => line === 'start a').length;
    failing.clear();
    for (let n = 0; n < 20; n++) await turn();
    expect(log.filter((line) => line === 'start a')).toHaveLength(begun);
    expect(log[0]).toBe('give up a');
  });

  it('are stopped before they are given back, and nothing is started or watched then', async () => {
    const { ownership, log, waits, owned } = tasks();
    await owned.start(['a']);
    ownership.gain();
    log.length = 0;
    const stopping = gate();
    waits.set('stop a', stopping.opened);
    const stopped = owned.stop();
    for (let n = 0; n < 5; n++) await turn();
    expect(ownership.holds('a')).toBe(true);
    stopping.open();
    await stopped;
    expect([ownership.isStarted, log.includes('watch a')]).toEqual([false, false]);
  });

  it('are stopped though they were being tried in vain', async () => {
    const { ownership, failing, owned, until } = tasks();
    await owned.start(['a']);
    failing.set('start a', Infinity);
    ownership.gain();
    await until('start a');
    await owned.stop();
    expect(ownership.isStarted).toBe(false);
  });

  it('are stopped once more if they were started meanwhile', async () => {
    const { ownership, log, waits, owned, until } = tasks();
    await owned.start(['a']);
    const starting = gate();
    waits.set('start a', starting.opened);
    ownership.gain();
    await until('start a');
    const stopped = owned.stop();
    starting.open();
    await stopped;
    expect(log.lastIndexOf('stop a')).toBeGreaterThan(log.indexOf('start a: done'));
  });

  it('can be started again after a stop', async () => {
    const { ownership, log, owned, until } = tasks();
    await owned.start(['a']);
    await owned.stop();
    log.length = 0;
    await owned.start(['a']);
    ownership.gain();
    await until('start a: done');
    expect(done(log)).toEqual(['watch a', 'start a']);
  });
});

describe('tasks of a sole owner', () => {
  it('are started one after the other when the start resolves, and none is watched', async () => {
    const { log, owned } = tasks({ shared: false });
    await owned.start(['a', 'b']);
    expect(log).toEqual(['start a', 'start a: done', 'start b', 'start b: done']);
  });

  it('say what keeps them from being started', async () => {
    const { failing, owned } = tasks({ shared: false });
    failing.set('start a', 1);
    await expect(owned.start(['a'])).rejects.toThrow('start a does not work now.');
  });

  it('are not begun any more once it stops', async () => {
    const { log, waits, owned, until } = tasks({ shared: false });
    const starting = gate();
    waits.set('start a', starting.opened);
    const started = owned.start(['a', 'b']);
    await until('start a');
    const stopped = owned.stop();
    starting.open();
    await Promise.all([started, stopped]);
    expect(log).not.toContain('start b');
  });
});
