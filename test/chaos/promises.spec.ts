import { describe, expect, it } from '@jest/globals';
import type { Entry, Owed } from './history.ts';
import { judge, outOfOrder, type Seen } from './promises.ts';
import type { Receipt } from './receivers.ts';

const attempt = (receipt: number, ok = true): Entry => ({ kind: 'attempt', ok, receipt });
const redelivery: Entry = { kind: 'redelivery' };
const owed = (hookId: string, position: number, ...entries: Entry[]): Owed => ({
  deliveryId: `d-${hookId}`,
  webhookId: 'w',
  hookId,
  isTest: false,
  position,
  entries,
});
const receipt = (number: number, hookId: string, changes: Partial<Receipt> = {}): Receipt => ({
  ...{ number, hookId, hook: 'plain', isTest: false, run: 1, status: 200, at: number, atOnce: 1 },
  ...changes,
});

/** All is well: `a` was received once, and that is recorded. */
function seen(deliveries: Owed[], receipts: Receipt[], changes: Partial<Seen> = {}): Seen {
  return {
    history: {
      head: 9,
      received: new Set(['a', 'b']),
      owed: new Map(deliveries.map((each) => [each.deliveryId, each])),
      misrouted: [],
    },
    accepted: new Set(['a']),
    receipts,
    hooks: new Map([['w', 'plain']]),
    statuses: new Map(deliveries.map(({ deliveryId }) => [deliveryId, 'succeeded'])),
    killed: new Set([1]),
    inFlightAtMost: () => 1,
    mayEnd: (_, status) => status === 'succeeded' || status === 'exhausted',
    ...changes,
  };
}
const problemsOf = (...of: Parameters<typeof seen>) => judge(seen(...of)).problems;

describe('what is promised', () => {
  it('is kept by a delivery that was received and recorded', () => {
    expect(problemsOf([owed('a', 1, attempt(1))], [receipt(1, 'a')])).toEqual([]);
  });

  it('is kept by one that is repeated because its outcome was lost in a kill', () => {
    const verdict = judge(seen([owed('a', 1, attempt(2))], [receipt(1, 'a'), receipt(2, 'a', { run: 2 })]));
    expect(verdict).toEqual({ problems: [], inFlight: 1 });
  });

  it('is kept by one that is redelivered after it had succeeded', () => {
    const entries = [attempt(1), redelivery, attempt(3)];
    const receipts = [receipt(1, 'a'), receipt(2, 'a'), receipt(3, 'a', { run: 2 })];
    expect(problemsOf([owed('a', 1, ...entries)], receipts)).toEqual([]);
  });
});

describe('it is a fault', () => {
  it('that an accepted event is not in the store', () => {
    const accepted = new Set(['a', 'c']);
    expect(problemsOf([owed('a', 1, attempt(1))], [receipt(1, 'a')], { accepted })).toEqual([
      'c was accepted and is lost',
    ]);
  });

  it.each(['pending', 'held', 'cancelled', undefined])('that a delivery is %s after the drain', (status) => {
    const statuses = new Map(status === undefined ? [] : [['d-a', status]]);
    expect(problemsOf([owed('a', 1, attempt(1))], [receipt(1, 'a')], { statuses })).toHaveLength(1);
  });

  it('that a success nobody received is recorded', () => {
    expect(problemsOf([owed('a', 1, attempt(1))], [])).toHaveLength(1);
  });

  it('that a success is said, and none is recorded', () => {
    expect(problemsOf([owed('a', 1)], [])).toHaveLength(1);
  });

  it('that a delivery is given up early', () => {
    const statuses = new Map([['d-a', 'exhausted']]);
    const failed = [1, 2, 3, 4].map((number) => attempt(number, false));
    const receipts = [1, 2, 3, 4].map((number) => receipt(number, 'a', { status: 500 }));
    expect(problemsOf([owed('a', 1, ...failed)], receipts, { statuses })).toEqual([]);
    expect(problemsOf([owed('a', 1, ...failed.slice(1))], receipts.slice(1), { statuses })).toHaveLength(1);
  });

  it('that an outcome is lost without a kill', () => {
    const receipts = [receipt(1, 'a'), receipt(2, 'a')];
    expect(problemsOf([owed('a', 1, attempt(2))], receipts, { killed: new Set() })).toHaveLength(1);
  });

  it('that a kill loses more outcomes than were in flight', () => {
    const deliveries = [owed('a', 1, attempt(3)), owed('b', 2, attempt(4))];
    const again = [receipt(3, 'a', { run: 2 }), receipt(4, 'b', { run: 2 })];
    expect(problemsOf(deliveries, [receipt(1, 'a'), receipt(2, 'b'), ...again])).toHaveLength(1);
  });

  it('that a recorded success is sent again, whether or not that is recorded', () => {
    const receipts = [receipt(1, 'a'), receipt(2, 'a')];
    expect(problemsOf([owed('a', 1, attempt(1))], receipts)).toHaveLength(1);
    expect(problemsOf([owed('a', 1, attempt(1), attempt(2))], receipts)).toHaveLength(1);
  });

  it('that something is received that is owed to nobody', () => {
    expect(problemsOf([], [receipt(1, 'x')])).toEqual(['plain:x was sent and is not owed']);
  });

  it('that an answer is recorded as what it was not', () => {
    expect(problemsOf([owed('a', 1, attempt(1))], [receipt(1, 'a', { status: 500 })])).toHaveLength(1);
  });
});

describe('strict order', () => {
  const history = seen([owed('a', 1), owed('b', 2), owed('c', 3)], []).history;
  const inOrder = (...ids: string[]) =>
    outOfOrder(
      history,
      'w',
      ids.map((id, n) => receipt(n + 1, id)),
    );

  it.each([['abc'], ['aabbbc']])('is kept by %s', (ids) => {
    expect(inOrder(...ids)).toEqual([]);
  });

  it.each([['acb'], ['abac'], ['ab'], ['bc'], ['abcb']])('is not kept by %s', (ids) => {
    expect(inOrder(...ids)).toHaveLength(1);
  });
});
