import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { AddTrigger, ChangeTrigger } from './trigger.commands.ts';
import { trigger } from './trigger.decider.ts';
import type { TriggerAdded } from './trigger.events.ts';

const { given, when } = specify(trigger);
const metadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };
const definition = {
  type: 'invoice-paid',
  label: 'Invoice paid',
  description: 'An invoice was paid.',
  schema: { type: 'object', properties: { amount: { type: 'string' } } },
  example: { amount: '12' },
};
const added: TriggerAdded = { type: 'TriggerAdded', data: definition };
const add = new AddTrigger(definition, metadata);
const change = (to: Partial<typeof definition> = {}) => new ChangeTrigger({ ...definition, ...to }, metadata);

describe('a trigger', () => {
  it('is added once', () => {
    when(add).then([added]);
    given([added])
      .when(add)
      .thenRefused('conflict', /invoice-paid/);
  });

  it('is changed as a whole', () =>
    given([added])
      .when(change({ label: 'Paid' }))
      .then([{ type: 'TriggerChanged', data: { ...definition, label: 'Paid' } }]));

  it('stays as it is when nothing about it changes', () => {
    given([added]).when(change()).thenNothing();
    given([added, { type: 'TriggerChanged', data: { ...definition, label: 'Paid' } }])
      .when(change({ label: 'Paid' }))
      .thenNothing();
  });

  it('is an action for good, if it was added as one', () => {
    const action = { number: 21, name: 'CoworkerInvoicePaid' };
    const addedAsAction: TriggerAdded = { type: 'TriggerAdded', data: { ...definition, action } };
    when(new AddTrigger({ ...definition, action }, metadata)).then([addedAsAction]);
    given([addedAsAction])
      .when(change({ label: 'Paid' }))
      .then([{ type: 'TriggerChanged', data: { ...definition, label: 'Paid', action } }]);
    given([addedAsAction]).when(change()).thenNothing();
  });

  it('that nobody added cannot be changed', () => when(change()).thenRefused('not-found'));
});
