import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Downgrader, type Chain } from './downgrader.ts';

const GOOD = 60;

let downgrader: Downgrader;
beforeEach(() => {
  downgrader = new Downgrader();
});
afterEach(() => downgrader.close());

const alert = (data: object) => JSON.stringify({ id: '1', timestamp: '2', workspaceId: '3', type: '4', data });
const chain = (expression: string): Chain => ({ steps: [{ version: 'v2', expression }], schema: {} });
const backtracks = () => chain('{"a": $match(a, /^(a+)+$/)}');
const evil = alert({ a: `${'a'.repeat(60)}!` });
const good = chain('{"n": n}');
const run = (way: Chain, body = evil) =>
  downgrader.run(body, way).then(
    () => 'succeeded',
    (error: { fault?: string; message: string }) => error.fault ?? error.message,
  );
/** Healthy alerts before, between and after the bad ones. */
const beside = (...bad: readonly Chain[]) => {
  const all = Array.from({ length: GOOD }, (_, n) => downgrader.run(alert({ n }), good));
  const outcomes = bad.map((way) => run(way));
  all.push(...Array.from({ length: GOOD }, (_, n) => downgrader.run(alert({ n: GOOD + n }), good)));
  return { healthy: Promise.all(all), outcomes: Promise.all(outcomes) };
};
const allOfThem = Array.from({ length: 2 * GOOD }, (_, n) => alert({ n }));

describe('healthy downgrades', () => {
  it.each([
    ['an expression that backtracks for ever', backtracks(), 'time'],
    ['one that loops', chain('($f := function($x) {$f($x)}; $f(0))'), 'time'],
    ['one that is far too large', chain('{"a": [1..9999999]}'), 'size'],
    ['one that throws', chain('$error("no")'), 'error'],
    ['one that throws beside a loop', chain('{"a": $error("no"), "b": ($f := function($x) {$f($x)}; $f(0))}'), 'error'],
  ])('come out right beside %s', async (_what, bad, fault) => {
    const { healthy, outcomes } = beside(bad);
    expect(await healthy).toEqual(allOfThem);
    expect(await outcomes).toEqual([fault]);
  });

  it('come out right beside many that backtrack, before those are given up', async () => {
    const done: string[] = [];
    const { healthy, outcomes } = beside(...Array.from({ length: 3 }, backtracks));
    void outcomes.then(() => done.push('bad'));
    expect(await healthy.then((texts) => (done.push('good'), texts))).toEqual(allOfThem);
    expect(await outcomes).toEqual(['time', 'time', 'time']);
    expect(done).toEqual(['good', 'bad']);
  });

  it('are not held up again by a chain that was cut off', async () => {
    const bad = backtracks();
    await run(bad);
    // Its thread was ended, and is started again.
    await downgrader.run(alert({ n: 0 }), good);
    const askedAt = performance.now();
    const since = () => performance.now() - askedAt;
    const again = run(bad).then(since);
    const healthy = await downgrader.run(alert({ n: 1 }), good).then(since);
    expect(healthy / (await again)).toBeLessThan(1 / 6);
  });
});

describe('a chain that is cut off', () => {
  it('still serves what it can', async () => {
    const bad = backtracks();
    expect(await run(bad)).toBe('time');
    expect(await downgrader.run(alert({ a: 'b' }), bad)).toBe(alert({}));
  });

  it('fails each alert that it is too slow for, and none that it was not tried with', async () => {
    const loops = chain('n > 9 ? ($f := function($x) {$f($x)}; $f(0)) : {"n": n}');
    const asked = Array.from({ length: 20 }, (_, n) => run(loops, alert({ n })));
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, (_, n) => (n > 9 ? 'time' : 'succeeded')));
    expect(await run(loops, alert({ n: 1 }))).toBe('succeeded');
  });

  it('fails none for which too many wait', async () => {
    const bad = backtracks();
    await run(bad);
    const asked = Array.from({ length: 300 }, () => run(bad));
    expect(await Promise.race(asked)).toContain('tried again later');
  });

  it('lets another one that is kept aside have its turn', async () => {
    const [bad, other] = [backtracks(), backtracks()];
    await Promise.all([run(bad), run(other)]);
    const done: string[] = [];
    const asked = [bad, bad].map((way) => run(way).then(() => done.push('bad')));
    asked.push(...[0, 1, 2].map((n) => run(other, alert({ n })).then((outcome) => done.push(outcome))));
    await Promise.all(asked);
    expect(done).toEqual(['bad', 'succeeded', 'succeeded', 'succeeded', 'bad']);
  });
});

describe('a chain that ends the thread otherwise', () => {
  it('fails for what it does, each time', async () => {
    const hungry = chain(`{${Array.from({ length: 400 }, (_, key) => `"${key}": [1..99999]`).join()}}`);
    for (let time = 0; time < 4; time++) expect(await run(hungry)).toBe('size');
  });
});

describe('a downgrader that is closed', () => {
  it('gives no answer any more, whatever its thread is at', async () => {
    const asked = [run(backtracks()), run(good, alert({ n: 1 }))];
    await new Promise((resolve) => setImmediate(resolve));
    await downgrader.close();
    expect(await Promise.all(asked)).toEqual(asked.map(() => 'The downgrader is closed.'));
    expect(await run(good)).toBe('The downgrader is closed.');
  });

  it('may never have been asked, and may be closed twice', async () => {
    await downgrader.close();
    await downgrader.close();
  });
});
