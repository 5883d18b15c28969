import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../../platform/read-model/index.ts';
import { laneWith } from '../send-attempts/testing/documents.ts';
import { standingAs, statusOf } from './delivery-status.ts';

type Standing = Parameters<typeof statusOf>[0];

function fits(delivery: Standing, condition: Condition): boolean {
  const value = (delivery as Record<string, unknown>)[condition.field];
  if ('eq' in condition) return value === condition.eq;
  if (!('gt' in condition || 'gte' in condition || 'lt' in condition || 'lte' in condition))
    throw new Error('Another condition');
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = condition;
  const number = Number(value);
  return number > Number(gt) && number >= Number(gte) && number < Number(lt) && number <= Number(lte);
}

const epoch = fc.integer({ min: 0, max: 5 });
const lane = fc
  .record({ epoch, pendingFrom: epoch, cancelledUpTo: fc.integer({ min: -1, max: 5 }), removed: fc.boolean() })
  .filter((each) => each.pendingFrom <= each.epoch && each.cancelledUpTo < each.epoch)
  .chain((each) => fc.boolean().map((enabled) => laneWith({ ...each, enabled: enabled && !each.removed })));
const delivery = fc.record({
  kind: fc.constantFrom<Standing['kind']>('event', 'test'),
  outcome: fc.constant<'unfinished'>('unfinished'),
  epoch: fc.integer({ min: 0, max: 6 }),
  gone: fc.constant(false),
});

describe('the conditions of a status', () => {
  it('fit an unfinished delivery once where that is its status, and never otherwise', () => {
    fc.assert(
      fc.property(lane, delivery, (of, one) => {
        for (const status of ['pending', 'held', 'cancelled'] as const) {
          const fitting = standingAs(status, of).filter((list) => list.every((condition) => fits(one, condition)));
          expect([status, fitting.length]).toEqual([status, statusOf(one, of) === status ? 1 : 0]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
