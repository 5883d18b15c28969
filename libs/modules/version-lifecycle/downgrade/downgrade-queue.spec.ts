import { afterEach, describe, expect, it } from '@jest/globals';
import type { Chain, Failure } from './chain.ts';
import { DowngradeQueue, type Limits } from './downgrade-queue.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const alert = (n: number) => JSON.stringify({ id: '1', timestamp: '2', workspaceId: '3', type: '4', data: { n } });
const chain = (expression: string): Chain => ({ steps: [{ version: 'v2', expression }], schema: {} });
const good = chain('{"n": n}');
/** Lists that are within their limit, one by one. */
const hungry = chain(`{${Array.from({ length: 99 }, (_, key) => `"${key}": [1..99999]`).join()}}`);

function running(limits: Partial<Limits>) {
  const cutOff: Failure[] = [];
  const queue = new DowngradeQueue(
    'downgrades',
    { patience: 10_000, most: Infinity, gather: 0, heapMb: 512, ...limits },
    {
      takes: () => true,
      answered: (question, answer) =>
        typeof answer === 'string'
          ? question.resolve(answer)
          : question.reject(new Error(answer?.fault ?? 'not tried')),
      cutOff: (question, failure) => {
        cutOff.push(failure);
        question.reject(new Error('cut off'));
      },
    },
  );
  closing.push(() => queue.close());
  const ask = (way: Chain, n = 1) =>
    new Promise<string>((resolve, reject) =>
      queue.ask({ body: alert(n), chain: way, resolve, reject, unexplained: 0 }),
    );
  return { ask, cutOff };
}

describe('a thread that runs out of memory', () => {
  it('ends at the question it was at, and the others are asked again', async () => {
    const { ask, cutOff } = running({ heapMb: 32 });
    const asked = [ask(good, 1), ask(hungry), ask(good, 2)];
    expect(await Promise.allSettled(asked)).toMatchObject([
      { value: alert(1) },
      { reason: { message: 'cut off' } },
      { value: alert(2) },
    ]);
    expect(cutOff).toMatchObject([{ fault: 'size', step: 0 }]);
  });
});

describe('a thread that cannot start', () => {
  it('is tried three times, and again for the next question', async () => {
    const { ask, cutOff } = running({ heapMb: 4 });
    for (const round of [1, 2]) await expect(ask(good, round)).rejects.toThrow('keeps ending');
    expect(cutOff).toEqual([]);
  });
});

describe('questions', () => {
  it('of one turn, and those asked meanwhile, are answered in their order', async () => {
    const { ask } = running({});
    const answered: number[] = [];
    const first = Array.from({ length: 10 }, (_, n) => ask(good, n).then(() => answered.push(n)));
    await new Promise((resolve) => setImmediate(resolve));
    const then = Array.from({ length: 10 }, (_, n) => ask(good, 10 + n).then(() => answered.push(10 + n)));
    await Promise.all([...first, ...then]);
    expect(answered).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('of a chain that ran out of time are not tried in the same message', async () => {
    const { ask } = running({});
    const slow = chain('($f := function($x) {$f($x)}; $f(0))');
    const asked = [ask(good, 1), ask(slow), ask(slow), ask(good, 2), ask(slow)];
    expect(await Promise.allSettled(asked)).toMatchObject([
      { value: alert(1) },
      { reason: { message: 'time' } },
      { reason: { message: 'not tried' } },
      { value: alert(2) },
      { reason: { message: 'not tried' } },
    ]);
    await expect(ask(slow)).rejects.toThrow('time');
  });

  it('are not held responsible for what one before them has left running', async () => {
    const { ask, cutOff } = running({ patience: 250 });
    const backtracks = '$match($pad("", 60, "a") & "!", /^(a+)+$/)';
    const fails = chain(`{"a": $error("no"), "b": (${'$x := 1; '.repeat(50)}${backtracks})}`);
    const asked = [ask(fails), ...Array.from({ length: 50 }, (_, n) => ask(good, n))];
    expect(await Promise.allSettled(asked)).toMatchObject([
      { reason: { message: 'error' } },
      ...Array.from({ length: 50 }, (_, n) => ({ value: alert(n) })),
    ]);
    expect(cutOff).toEqual([]);
  });
});
