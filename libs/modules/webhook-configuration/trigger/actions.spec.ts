import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { actionOfTrigger, actions, NEVER_FIRES } from './actions.ts';
import { seedTriggers } from './seed-triggers.ts';

/** SHA-256 over the published enum, a line `<number> <name>` each, in order of number, joined by line feeds. */
const PUBLISHED = '97ee75f4897fd45dc627ebcc2dd4e345ddc5cb884676735bb7fdb0a0c2266b70';

describe('the actions', () => {
  it('are the 90 that are published, spelled as published', () => {
    const lines = actions.map(({ number, name }) => `${number} ${name}`);
    expect(lines).toHaveLength(90);
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(PUBLISHED);
  });

  it.each([
    [1, 'None', 'none'],
    [2, 'CoworkerUpdate', 'coworker-update'],
    [6, 'BookingCreate', 'booking-create'],
    [21, 'CoworkerInvoicePaid', 'coworker-invoice-paid'],
    [33, 'NewsLetterSubscriberUnSubscribed', 'news-letter-subscriber-un-subscribed'],
    [41, 'VisitorCheckedin', 'visitor-checkedin'],
    [45, 'HelDeskMessageCreated', 'hel-desk-message-created'],
    [90, 'CoworkerPaymentMethodUpdate', 'coworker-payment-method-update'],
  ])('have number %i, %s, as the trigger %s', (number, name, trigger) => {
    expect(actions[number - 1]).toEqual({ number, name, trigger });
    expect(actionOfTrigger(trigger)).toEqual({ number, name, trigger });
  });

  it('are triggers of their own', () => {
    const types = [...seedTriggers.map(({ type }) => type), ...actions.map(({ trigger }) => trigger)];
    expect(new Set(types).size).toBe(types.length);
    expect(actionOfTrigger('workspace-created')).toBeUndefined();
  });

  it('have one that never fires', () => expect(actionOfTrigger(NEVER_FIRES)).toMatchObject({ number: 1 }));
});
