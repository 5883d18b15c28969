import { beforeEach, describe, expect, it } from '@jest/globals';
import { IntakeGate } from './intake-gate.ts';

const MIB = 2 ** 20;
const now = {
  now: 0,
  waiting: 0,
  fannedOut: undefined as number | undefined,
  /** What another process would say. */
  elsewhere: undefined as number | undefined,
  freeDisk: 1_000 * MIB,
};
let diskReads: number;
let looks: number;
let gate: IntakeGate;

const gateOf = (minFreeDisk: number) =>
  new IntakeGate(
    {
      now: () => now.now,
      waiting: () => now.waiting,
      fannedOut: () => now.fannedOut,
      lookAtFanOut: async () => {
        looks++;
        if (now.elsewhere !== undefined) now.fannedOut = now.elsewhere;
      },
      freeDisk: async () => {
        diskReads++;
        if (now.freeDisk < 0) throw new Error('no such folder');
        return now.freeDisk;
      },
    },
    minFreeDisk,
  );
const refusal = (retryAfterSeconds: number) => expect.objectContaining({ kind: 'unavailable', retryAfterSeconds });
const answer = () =>
  gate.ask().then(
    () => 'open',
    (error: unknown) => error,
  );

beforeEach(() => {
  Object.assign(now, { now: 10_000, waiting: 0, fannedOut: undefined, elsewhere: undefined, freeDisk: 1_000 * MIB });
  diskReads = 0;
  looks = 0;
  gate = gateOf(256 * MIB);
});

describe('events that are not fanned out', () => {
  beforeEach(() => void (now.fannedOut = 0));

  it('close the gate once the oldest has waited for more than 5 s, until it is passed', async () => {
    gate.appended(1);
    now.now += 5_000;
    expect(await answer()).toBe('open');
    now.now += 1;
    expect(await answer()).toEqual(refusal(2));
    now.fannedOut = 1;
    expect(await answer()).toBe('open');
  });

  it('are asked for elsewhere before it is closed for them, and only then', async () => {
    gate.appended(1);
    now.elsewhere = 1;
    now.now += 5_000;
    expect([await answer(), looks]).toEqual(['open', 0]);
    now.now += 1;
    expect([await answer(), looks]).toEqual(['open', 1]);
  });

  it('do not close it while the oldest is young, however many they are', async () => {
    for (let position = 1; position <= 10_000; position++) {
      now.now += 10;
      gate.appended(position);
      now.fannedOut = position - 400;
      if (position % 100 === 0) expect(await answer()).toBe('open');
    }
  });

  it('count from their own arrival, not from that of those before them', async () => {
    gate.appended(1);
    now.now += 4_000;
    gate.appended(2);
    now.fannedOut = 1;
    now.now += 4_000;
    expect(await answer()).toBe('open');
    now.now += 1_001;
    expect(await answer()).toEqual(refusal(2));
  });

  it('count also if they came close behind one that is', async () => {
    gate.appended(1);
    gate.appended(2);
    now.fannedOut = 1;
    now.now += 5_001;
    expect(await answer()).toEqual(refusal(2));
  });

  it('count though nobody is known to fan out: the leases cannot be read, perhaps', async () => {
    now.fannedOut = undefined;
    gate.appended(1);
    now.now += 5_000;
    expect(await answer()).toBe('open');
    now.now += 1;
    expect(await answer()).toEqual(refusal(2));
  });
});

describe('appends that wait', () => {
  it('close the gate while they are more than 5,000', async () => {
    now.waiting = 5_000;
    expect(await answer()).toBe('open');
    now.waiting = 5_001;
    expect(await answer()).toEqual(refusal(1));
    now.waiting = 0;
    expect(await answer()).toBe('open');
  });
});

describe('a store that has become slow', () => {
  it('closes the gate, lets one request at a time find out, and opens it when that is quick', async () => {
    let answered: () => void = () => undefined;
    const request = () => gate.admit(() => new Promise<void>((resolve) => (answered = resolve)));
    const first = request();
    await answer();
    now.now += 5_001;
    expect(await answer()).toEqual(refusal(5));
    answered();
    await first;
    expect(await answer()).toBe('open');
    const second = request();
    await answer();
    expect(await answer()).toEqual(refusal(5));
    answered();
    await second;
    const third = request();
    await answer();
    expect(await answer()).toBe('open');
    answered();
    await third;
  });

  it('is not one because a request does many things one after the other', async () => {
    let [doneOnce, finish] = [() => undefined as void, () => undefined as void];
    const taking = gate.admit((done) => {
      doneOnce = done;
      return new Promise<void>((resolve) => (finish = resolve));
    });
    await Promise.resolve();
    for (let step = 0; step < 10; step++) {
      now.now += 1_000;
      doneOnce();
      expect(await answer()).toBe('open');
    }
    finish();
    await taking;
    expect(await answer()).toBe('open');
  });

  it('is one whose appends fail quickly no longer', async () => {
    await expect(gate.admit(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    now.now += 60_000;
    expect(await answer()).toBe('open');
  });
});

describe('a disk with less room than asked for', () => {
  it('closes the gate, and opens it again when there is room', async () => {
    now.freeDisk = 256 * MIB - 1;
    expect(await answer()).toEqual(refusal(30));
    now.freeDisk++;
    now.now += 5_000;
    expect(await answer()).toBe('open');
  });

  it('is looked at once a second at most, without anyone waiting for it', async () => {
    await answer();
    now.freeDisk = 0;
    for (now.now += 999; now.now < 11_000; now.now++) expect(await answer()).toBe('open');
    expect(diskReads).toBe(1);
    expect(await answer()).toBe('open');
    await Promise.resolve();
    expect(diskReads).toBe(2);
    expect(await answer()).toEqual(refusal(30));
  });

  it('matters to nobody who asks for none, and what cannot be measured closes nothing', async () => {
    now.freeDisk = -1;
    expect(await answer()).toBe('open');
    now.freeDisk = 0;
    gate = gateOf(0);
    expect(await answer()).toBe('open');
    expect(diskReads).toBe(1);
  });
});
