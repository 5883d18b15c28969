import { describe, expect, it } from '@jest/globals';
import { START, type Recorded } from '../kernel/index.ts';
import { Tail } from './tail.ts';

const at = (position: number): Recorded => ({
  type: 'Happened',
  data: {},
  id: `${position}`,
  stream: `order-${position}`,
  category: position % 2 === 0 ? 'order' : 'invoice',
  revision: 0,
  position,
  metadata: { at: 0, actor: 'client:tester', traceId: 'trace' },
});
const tailOf = (...positions: number[]) => {
  const tail = new Tail();
  for (const position of positions) tail.push(at(position), 10);
  return tail;
};

describe('the newest events', () => {
  it('are read from memory, up to the limit and of the categories asked for', () => {
    const tail = tailOf(1, 2, 3, 4);
    expect(tail.after(START, undefined, 10)).toEqual({ events: [at(1), at(2), at(3), at(4)], position: 4 });
    expect(tail.after(1, undefined, 2)).toEqual({ events: [at(2), at(3)], position: 3 });
    expect(tail.after(START, ['order'], 10)).toEqual({ events: [at(2), at(4)], position: 4 });
  });

  it('do not answer for what is no longer among them', () => {
    const count = 5_000;
    const tail = tailOf(...Array.from({ length: count }, (_, n) => n + 1));
    expect(tail.after(START, undefined, 10)).toBeUndefined();
    expect(tail.after(count - 1, undefined, 10)).toEqual({ events: [at(count)], position: count });
  });

  it('begin again after an event that never came here, where positions are counted', () => {
    const tail = new Tail();
    for (const position of [1, 2, 4, 5]) tail.push(at(position), 10, position - 1);
    expect(tail.after(2, undefined, 10)).toBeUndefined();
    expect(tail.after(3, undefined, 10)).toEqual({ events: [at(4), at(5)], position: 5 });
  });

  it('are complete over gaps, where positions are places in a log', () => {
    const tail = new Tail();
    tail.restart(1_000);
    for (const position of [1_400, 2_100]) tail.push(at(position), 10);
    expect(tail.after(999, undefined, 10)).toBeUndefined();
    expect(tail.after(1_000, undefined, 10)).toEqual({ events: [at(1_400), at(2_100)], position: 2_100 });
    tail.moveTo(9_000);
    expect(tail.after(2_100, undefined, 10)).toEqual({ events: [], position: 9_000 });
    expect(tail.after(9_500, undefined, 10)).toEqual({ events: [], position: 9_500 });
  });

  it('know how their streams begin, as long as that is among them', () => {
    const tail = tailOf(1, 2);
    tail.push({ ...at(3), stream: 'order-1', revision: 1 }, 10);
    expect(tail.beginningOf('order-1')).toEqual(at(1));
    for (let n = 4; n < 5_000; n++) tail.push(at(n), 10);
    expect(tail.beginningOf('order-1')).toBeUndefined();
    expect(tail.beginningOf('order-4999')).toEqual(at(4_999));
    tail.restart(5_000);
    expect(tail.beginningOf('order-4999')).toBeUndefined();
  });
});
