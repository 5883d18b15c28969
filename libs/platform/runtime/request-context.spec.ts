import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { currentContext, runInContext } from './request-context.ts';

describe('the context of a request', () => {
  it('is there in all that the request awaits, and nowhere else', async () => {
    expect(currentContext()).toBeUndefined();
    const seen = await runInContext('trace-1', async () => {
      await turn();
      return currentContext()?.traceId;
    });
    expect(seen).toBe('trace-1');
    expect(currentContext()).toBeUndefined();
  });

  it('is not shared with a request that runs at the same time', async () => {
    const request = (traceId: string, position: number) =>
      runInContext(traceId, async () => {
        await turn();
        currentContext()?.appended.set('order', position);
        await turn();
        return [currentContext()?.traceId, ...(currentContext()?.appended ?? [])];
      });
    expect(await Promise.all([request('a', 1), request('b', 2)])).toEqual([
      ['a', ['order', 1]],
      ['b', ['order', 2]],
    ]);
  });

  it('begins anew within another, which it leaves as it was', () => {
    runInContext('outer', () => {
      currentContext()?.appended.set('order', 1);
      runInContext('inner', () => {
        expect(currentContext()?.appended.size).toBe(0);
        currentContext()?.appended.set('order', 9);
      });
      expect(currentContext()).toEqual({ traceId: 'outer', appended: new Map([['order', 1]]) });
    });
  });
});
