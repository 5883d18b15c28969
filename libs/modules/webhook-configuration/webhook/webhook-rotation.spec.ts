import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { anyCommand, anyStart, run } from './testing/any-history.ts';
import {
  body,
  changedTo,
  created,
  createdInLocation,
  draftChanged,
  draftCreated,
  elsewhere,
  here,
  live,
  metadata,
  newest,
  removed,
  rotated,
} from './testing/webhook-history.ts';
import { PublishDraft, ReplaceWebhook, RotateWebhookSecret, TestDraft } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const DAY = 86_400;
const IN_A_DAY = metadata.at + DAY * 1_000;
const { given } = specify(webhook);
const rotate = (secret: string, overlapSeconds = DAY, of = here) =>
  new RotateWebhookSecret({ ...of, secret, overlapSeconds }, metadata);
const stateAfter = (...events: readonly WebhookEvent[]) => events.reduce(webhook.evolve, webhook.initialState());
const previousAfter = (...events: readonly WebhookEvent[]) => stateAfter(...events)?.previousSecret;

describe('the rotation of a secret', () => {
  it('keeps the one before for as long as it says', () => {
    given([created])
      .when(rotate('new'))
      .then([rotated('new', IN_A_DAY)]);
    expect(stateAfter(created, rotated('new', IN_A_DAY))).toMatchObject({
      secret: 'new',
      previousSecret: { secret: 'sealed secret', until: IN_A_DAY },
    });
  });

  it('keeps none without an overlap', () => {
    given([created])
      .when(rotate('new', 0))
      .then([rotated('new')]);
    expect(previousAfter(created, rotated('new'))).toBeNull();
  });

  it('during an overlap ends that: only the last two count', () => {
    const during = [created, rotated('new', IN_A_DAY)];
    given(during)
      .when(rotate('newer'))
      .then([rotated('newer', IN_A_DAY, 'new')]);
    expect(previousAfter(...during, rotated('newer', IN_A_DAY, 'new'))).toEqual({ secret: 'new', until: IN_A_DAY });
    given(during)
      .when(rotate('newer', 0))
      .then([rotated('newer')]);
    expect(previousAfter(...during, rotated('newer'))).toBeNull();
  });

  it('to the secret it has changes nothing, so that asking again does not end the overlap', () => {
    given([created]).when(rotate('sealed secret')).thenNothing();
    given([created, rotated('new', IN_A_DAY)])
      .when(rotate('new'))
      .thenNothing();
  });

  it('is refused where the location signs, and for a webhook that is gone or elsewhere', () => {
    given([createdInLocation])
      .when(rotate('new'))
      .thenRefused('conflict', /location/);
    given([created])
      .when(rotate('new', DAY, elsewhere))
      .thenRefused('not-found');
    given([created, removed]).when(rotate('new')).thenRefused('not-found');
    given([]).when(rotate('new')).thenRefused('not-found');
  });
});

describe('a secret that replaces another', () => {
  const during = [created, rotated('new', IN_A_DAY)];
  const replace = (change: Partial<ReplaceWebhook['data']>) =>
    new ReplaceWebhook({ ...here, ...body, status: 'enabled', ...change }, metadata);

  it('does so at once, and ends an overlap', () => {
    given(during)
      .when(replace({ secret: 'put' }))
      .then([changedTo({ secret: 'put' })]);
    expect(previousAfter(...during, changedTo({ secret: 'put' }))).toBeNull();
  });

  it('is none if it is the same, or left out', () => {
    given(during)
      .when(replace({ secret: null, name: 'Invoices' }))
      .then([changedTo({ secret: 'new', name: 'Invoices' })]);
    expect(previousAfter(...during, changedTo({ secret: 'new', name: 'Invoices' }))).toMatchObject({ until: IN_A_DAY });
  });

  it('by a draft ends the overlap when that is published, and not before', () => {
    const drafted = [...during, draftCreated('admin'), draftChanged({ secret: 'drafted' })];
    expect(previousAfter(...drafted)).toMatchObject({ until: IN_A_DAY });
    const events = webhook.decide(new PublishDraft({ ...here, live }, metadata), stateAfter(...drafted));
    expect(stateAfter(...drafted, ...events)).toMatchObject({ secret: 'drafted', previousSecret: null });
  });
});

describe('the test of a draft during an overlap', () => {
  const testOf = (changes: Parameters<typeof draftChanged>[0]) => {
    const history = [created, rotated('new', IN_A_DAY), draftCreated('admin'), draftChanged(changes)];
    return webhook.decide(new TestDraft({ ...here, live, testId: 'test-2' }, metadata), stateAfter(...history));
  };
  const requested = { type: 'TestRequested', data: { testId: 'test-2', version: newest } };

  it('is signed as its webhook is if the draft leaves the secret as it is', () => {
    const [test] = testOf({ name: 'Invoices' });
    const target = { secret: 'new', previousSecret: { secret: 'sealed secret', until: IN_A_DAY } };
    expect(test).toMatchObject({ ...requested, data: { target } });
  });

  it('is signed with the secret of the draft alone if that has one', () => {
    const [test] = testOf({ secret: 'drafted' });
    expect(test).toMatchObject({ ...requested, data: { target: { secret: 'drafted' } } });
    expect(test?.data).not.toHaveProperty('target.previousSecret');
  });
});

describe('whatever is asked of a webhook', () => {
  it('it keeps the secret before the last rotation until that is over, another secret comes, or it is rotated again', () =>
    fc.assert(
      fc.property(anyStart, fc.array(anyCommand, { maxLength: 25 }), (start, commands) => {
        for (const { command, before, after } of run([start, ...commands])) {
          if (after.secret === before.secret) expect(after.previousSecret).toEqual(before.previousSecret);
          else if (command.type === 'RotateWebhookSecret' && command.data.overlapSeconds > 0) {
            const until = command.metadata.at + command.data.overlapSeconds * 1_000;
            expect(after.previousSecret).toEqual({ secret: before.secret, until });
          } else expect(after.previousSecret).toBeNull();
        }
      }),
      { numRuns: 500 },
    ));
});
