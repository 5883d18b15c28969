import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { partitionOf } from '../../../platform/leases/index.ts';
import { ScriptedOwnership } from '../../../platform/leases/testing/scripted-ownership.ts';
import { ServedPartitions } from './served-partitions.ts';

const HOOKS = Array.from({ length: 40 }, (_, n) => `hook${n}`);
const nameOf = (hook: string) => String(partitionOf(hook));
const [here, elsewhere] = [HOOKS[0] ?? '', HOOKS[1] ?? ''];

/** Catching up and leaving end when the test says so. */
function partitions({ shared = true } = {}) {
  const ownership = new ScriptedOwnership({ shared });
  const log: string[] = [];
  const waiting: { readonly what: 'catch up' | 'leave'; readonly end: (caughtUp?: boolean) => void }[] = [];
  const wait = (what: 'catch up' | 'leave') =>
    new Promise<boolean>((resolve) => waiting.push({ what, end: (caughtUp = true) => resolve(caughtUp) }));
  const faults = { served: 0 };
  const served = new ServedPartitions(ownership, pino({ level: 'silent' }), {
    catchUp: () => {
      log.push('catch up');
      return wait('catch up');
    },
    served: async (which) => {
      log.push(`served ${[...which].join(' ')}`);
      if (faults.served-- > 0) throw new Error('The documents cannot be read now.');
    },
    left: async (which) => {
      log.push(`left ${[...which].join(' ')}`);
      await wait('leave');
    },
  });
  const end = async (what: 'catch up' | 'leave', caughtUp = true) => {
    const at = waiting.findIndex((each) => each.what === what);
    waiting.splice(at, 1)[0]?.end(caughtUp);
    await settle();
  };
  return { ownership, log, served, end, faults };
}
async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}
async function serving(hook: string) {
  const made = partitions();
  await made.served.start();
  made.ownership.gain(nameOf(hook));
  await settle();
  await made.end('catch up');
  made.log.length = 0;
  return made;
}

describe('partitions that are shared', () => {
  it('are served once everything recorded before is known, and not before', async () => {
    const { ownership, log, served, end } = partitions();
    await served.start();
    expect(HOOKS.some((hook) => served.serves(hook))).toBe(false);
    ownership.gain(nameOf(here));
    await settle();
    expect([served.serves(here), log]).toEqual([false, ['catch up']]);
    await end('catch up');
    expect([served.serves(here), served.serves(elsewhere)]).toEqual([true, false]);
    expect(log).toEqual(['catch up', `served ${nameOf(here)}`]);
  });

  it('are not served if they are lost while catching up', async () => {
    const { ownership, log, served, end } = partitions();
    await served.start();
    ownership.gain(nameOf(here), nameOf(elsewhere));
    await settle();
    ownership.lose(nameOf(here));
    await end('leave');
    await end('catch up');
    expect([served.serves(here), served.serves(elsewhere)]).toEqual([false, true]);
    expect(log.at(-1)).toBe(`served ${nameOf(elsewhere)}`);
  });

  it('are caught up with anew if they come back while catching up', async () => {
    const { ownership, log, served, end } = partitions();
    await served.start();
    ownership.gain(nameOf(here));
    await settle();
    ownership.lose(nameOf(here));
    await end('leave');
    ownership.gain(nameOf(here));
    await settle();
    await end('catch up');
    expect(served.serves(here)).toBe(false);
    await end('catch up');
    expect(served.serves(here)).toBe(true);
    expect(log).toEqual(['catch up', `left ${nameOf(here)}`, 'catch up', `served ${nameOf(here)}`]);
  });

  it('that come back are caught up with when what was in flight is recorded', async () => {
    const { ownership, log, served, end } = await serving(here);
    ownership.lose(nameOf(here));
    ownership.gain(nameOf(here));
    await settle();
    expect([served.serves(here), log]).toEqual([false, [`left ${nameOf(here)}`]]);
    await end('leave');
    await end('catch up');
    expect(served.serves(here)).toBe(true);
    expect(log).toEqual([`left ${nameOf(here)}`, 'catch up', `served ${nameOf(here)}`]);
  });

  it('are given back when what is in flight is recorded, and serve nothing from the first moment', async () => {
    const { ownership, served, end } = await serving(here);
    let isGiven = false;
    const given = ownership.giveBack(nameOf(here)).then(() => (isGiven = true));
    expect(served.serves(here)).toBe(false);
    await settle();
    expect(isGiven).toBe(false);
    await end('leave');
    await given;
  });

  it.each([16_001, 16_000])('begin attempts only while they are safe for 16 s more (%i ms)', async (safeForMs) => {
    const { ownership, served } = await serving(here);
    ownership.safeForMs = safeForMs;
    expect(served.mayBegin(partitionOf(here))).toBe(safeForMs > 16_000);
    expect(served.mayBegin(partitionOf(elsewhere))).toBe(false);
  });

  it('are served after all when what went wrong is over', async () => {
    const { ownership, log, served, end, faults } = partitions();
    faults.served = 1;
    await served.start();
    ownership.gain(nameOf(here));
    const answers = [false, true, true];
    for (const [n, answer] of answers.entries()) {
      while (log.filter((line) => line === 'catch up').length <= n) await turn();
      await end('catch up', answer);
    }
    expect(served.serves(here)).toBe(true);
    const tries = ['catch up', 'catch up', `served ${nameOf(here)}`, 'catch up', `served ${nameOf(here)}`];
    expect(log).toEqual(tries);
  });

  it('are none after a stop, also if that comes while catching up', async () => {
    const { ownership, log, served, end } = partitions();
    await served.start();
    ownership.gain(nameOf(here));
    await settle();
    const stopped = served.stop();
    await end('catch up');
    await end('leave');
    await stopped;
    expect([served.serves(here), ownership.isStarted]).toEqual([false, false]);
    expect(log).toEqual(['catch up', `left ${nameOf(here)}`]);
    await served.start();
    ownership.gain(nameOf(here));
    await settle();
    await end('catch up');
    expect(served.serves(here)).toBe(true);
  });
});

describe('partitions of a sole owner', () => {
  it('are all served when the start resolves', async () => {
    const { served, end } = partitions({ shared: false });
    const started = served.start();
    expect(HOOKS.some((hook) => served.serves(hook))).toBe(false);
    await settle();
    await end('catch up');
    await started;
    expect(HOOKS.every((hook) => served.serves(hook))).toBe(true);
    expect(served.isShared).toBe(false);
  });

  it('are served by nobody if catching up is given up', async () => {
    const { served, end } = partitions({ shared: false });
    const started = served.start();
    await settle();
    await end('catch up', false);
    await started;
    expect(served.serves(here)).toBe(false);
  });
});
