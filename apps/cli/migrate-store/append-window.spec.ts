import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable, type AppendRequest } from '../../../libs/platform/event-store/index.ts';
import type { Recorded } from '../../../libs/platform/kernel/index.ts';
import type { Copy } from './append-groups.ts';
import { AppendWindow } from './append-window.ts';

/** A window on a store that answers when, and as, it is told. */
function open() {
  const called: string[] = [];
  const appended: number[] = [];
  const answers = new Map<string, PromiseWithResolvers<readonly Recorded[]>>();
  const append = ({ stream }: AppendRequest) => {
    called.push(stream);
    const answer = Promise.withResolvers<readonly Recorded[]>();
    answers.set(stream, answer);
    return answer.promise;
  };
  const window = new AppendWindow({ append }, ({ last }) => void appended.push(last));
  const settle = (n: number, how: 'stored' | 'lost') =>
    how === 'stored' ? answers.get(`s-${n}`)?.resolve([]) : answers.get(`s-${n}`)?.reject(new StoreUnavailable('away'));
  return { window, called, appended, settle };
}

const copy = (n: number, bytes = 1): Copy => ({
  request: { stream: `s-${n}`, expected: 'no-stream', events: [], metadata: { at: 0, actor: 'a', traceId: 't' } },
  last: n,
  bytes,
});

describe('a window of appends', () => {
  it('tells of them in the order of the calls, whatever the order of the answers', async () => {
    const { window, appended, settle } = open();
    for (const n of [1, 2, 3]) await window.call(copy(n));
    for (const n of [3, 1, 2]) settle(n, 'stored');
    await window.drained();
    expect(appended).toEqual([1, 2, 3]);
    expect(window.failure).toBeUndefined();
  });

  it('tells of nothing behind one that failed, and calls no other', async () => {
    const { window, called, appended, settle } = open();
    for (const n of [1, 2, 3]) await window.call(copy(n));
    settle(1, 'stored');
    settle(2, 'lost');
    settle(3, 'stored');
    await window.drained();
    await window.call(copy(4));
    await window.drained();
    expect(appended).toEqual([1]);
    expect(called).toEqual(['s-1', 's-2', 's-3']);
    expect(window.failure?.error).toBeInstanceOf(StoreUnavailable);
  });

  it('holds no more bytes than it may, or one append that is larger', async () => {
    const { window, called, settle } = open();
    await window.call(copy(1, 9 * 1024 * 1024));
    const second = window.call(copy(2));
    expect(called).toEqual(['s-1']);
    settle(1, 'stored');
    await second;
    expect(called).toEqual(['s-1', 's-2']);
  });
});
