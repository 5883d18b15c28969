import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { TriggerDefinition, TriggerEvent } from '../trigger/trigger.events.ts';
import { triggers } from './triggers.projection.ts';

const invoicePaid: TriggerDefinition = {
  type: 'invoice.paid',
  label: 'Invoice paid',
  description: '',
  schema: { type: 'object' },
  example: {},
};
const after = (...events: TriggerEvent[]) =>
  projecting(
    triggers,
    record(events, ({ data }) => `trigger-${data.type}`),
  );

describe('the document of a trigger', () => {
  it('is its definition', () =>
    after({ type: 'TriggerAdded', data: invoicePaid }).then({ 'invoice.paid': invoicePaid }));

  it('is its newest definition', () =>
    after(
      { type: 'TriggerAdded', data: invoicePaid },
      { type: 'TriggerChanged', data: { ...invoicePaid, label: 'Paid' } },
    ).then({ 'invoice.paid': { label: 'Paid' } }));
});
