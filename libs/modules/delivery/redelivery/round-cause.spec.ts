import { describe, expect, it } from '@jest/globals';
import { statusOf } from '../delivery/delivery-status.ts';
import { deliveryWith, laneWith } from '../send-attempts/testing/documents.ts';
import { outcomesIn, roundCause } from './round-cause.ts';
import { redeliverableStatuses, redeliverySelections } from './redelivery.events.ts';

const on = laneWith({ epoch: 4, cancelledUpTo: 1 });
const finished = (outcome: 'succeeded' | 'exhausted' | 'unrendered' | 'skipped') =>
  deliveryWith(outcome, { epoch: 4, outcome, dueAt: null });
const documents = {
  pending: deliveryWith('pending', { epoch: 4 }),
  held: deliveryWith('held', { epoch: 2 }),
  gone: deliveryWith('gone', { epoch: 4, gone: true, dueAt: null }),
  cancelled: deliveryWith('cancelled', { epoch: 1 }),
  exhausted: finished('exhausted'),
  unrendered: finished('unrendered'),
  skipped: finished('skipped'),
  succeeded: finished('succeeded'),
  test: deliveryWith('test', { kind: 'test', outcome: 'exhausted', dueAt: null }),
};
const chosen = (what: (typeof redeliverySelections)[number]) =>
  Object.fromEntries(
    Object.entries(documents).flatMap(([name, document]) => {
      const cause = roundCause(what, document, on);
      return cause === null ? [] : [[name, cause]];
    }),
  );

describe('a job', () => {
  it('for what was not delivered takes what was exhausted, skipped or not rendered, and releases what is held', () => {
    const held = { held: 'release', gone: 'release' };
    const again = { exhausted: 'redelivery', unrendered: 'redelivery', skipped: 'redelivery' };
    expect(chosen('not-delivered')).toEqual({ ...held, ...again });
  });

  it('for all takes what has succeeded, too', () => {
    expect(chosen('all')).toEqual({ ...chosen('not-delivered'), succeeded: 'redelivery' });
  });

  it('for what is held takes nothing else', () => {
    expect(chosen('held')).toEqual({ held: 'release', gone: 'release' });
  });

  it.each(redeliverySelections)('for %s that names a status takes those of it, which it would take anyway', (what) => {
    for (const status of redeliverableStatuses) {
      for (const [name, document] of Object.entries(documents)) {
        const narrowed = roundCause(what, document, on, { status });
        expect([name, narrowed]).toEqual([
          name,
          statusOf(document, on) === status ? roundCause(what, document, on) : null,
        ]);
        if (narrowed) expect([name, outcomesIn(what, { status })]).toEqual([name, [document.outcome]]);
      }
    }
  });

  it.each(redeliverySelections)('for %s looks at every outcome it takes', (what) => {
    for (const [name, document] of Object.entries(documents)) {
      if (roundCause(what, document, on))
        expect([name, outcomesIn(what)]).toEqual([name, expect.arrayContaining([document.outcome])]);
    }
  });
});
