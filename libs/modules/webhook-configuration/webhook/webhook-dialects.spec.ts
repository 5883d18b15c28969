import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { anyCommand, anyStart, run, type Step } from './testing/any-history.ts';
import {
  body,
  changedTo,
  created,
  createdInLocation,
  createdLongAgo,
  draftChanged,
  draftCreated,
  here,
  inLocation,
  live,
  metadata,
  newest,
  numbered,
  numbers,
  removed,
  toCreate,
} from './testing/webhook-history.ts';
import { ChangeDraft, NumberWebhook, PublishDraft, ReplaceWebhook, TestDraft } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import { published } from './webhook-drafts.ts';
import type { Webhook } from './webhook-state.ts';
import type { WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);
const stateAfter = (...events: readonly WebhookEvent[]) => events.reduce(webhook.evolve, webhook.initialState());
const replace = (change: Partial<ReplaceWebhook['data']>) =>
  new ReplaceWebhook({ ...here, ...body, status: 'enabled', ...change }, metadata);
const change = (changes: ChangeDraft['data']['changes']) => new ChangeDraft({ ...here, live, changes }, metadata);
const url = 'https://customer.example/new';

describe('the dialect of a webhook', () => {
  it('is that of the workspace API unless its creation says otherwise, and no event says so', () => {
    expect(stateAfter(createdLongAgo)).toMatchObject({ dialect: 'workspace' });
    expect(stateAfter(createdInLocation)).toMatchObject({ dialect: 'location', secret: null });
    const [event] = webhook.decide(toCreate({ dialect: 'workspace' }), undefined);
    expect(event?.data).not.toHaveProperty('dialect');
  });

  it('is written down where it is the other one, where no test need be owed', () => {
    when(toCreate(inLocation)).then([createdInLocation]);
    const [event] = webhook.decide(toCreate(inLocation), undefined);
    expect(event?.data).not.toHaveProperty('testId');
  });

  it('decides whether it has a secret of its own', () => {
    expect(() => webhook.decide(toCreate({ secret: null }), undefined)).toThrow(/secret/);
    expect(() => webhook.decide(toCreate({ ...inLocation, secret: 'sealed' }), undefined)).toThrow(/secret/);
  });
});

describe('a webhook of the location dialect', () => {
  const after = given([createdInLocation]);
  const drafted = given([createdInLocation, draftCreated('admin'), draftChanged({ url })]);

  it('is replaced without a secret, and takes none', () => {
    after.when(replace({ secret: null })).thenNothing();
    after.when(replace({ secret: null, url })).then([changedTo({ secret: null, url })]);
    after.when(replace({ secret: 'sealed' })).thenRefused('invalid', /secret.*location/);
  });

  it('has a draft without a secret, which takes none', () => {
    after.when(change({ url, secret: null })).then([draftCreated('admin'), draftChanged({ url })]);
    after.when(change({ secret: 'sealed' })).thenRefused('invalid', /secret.*location/);
  });

  it('has that tested and published without one', () => {
    const { headers } = created.data;
    const target = { url, secret: null, headers };
    drafted
      .when(new TestDraft({ ...here, live, testId: 'test-2' }, metadata))
      .then([{ type: 'TestRequested', data: { ...here, testId: 'test-2', version: newest, target } }]);
    drafted
      .when(new PublishDraft({ ...here, live }, metadata))
      .then([
        { type: 'DraftPublished', data: { ...here, target: newest } },
        changedTo({ url, secret: null, version: newest }),
      ]);
  });
});

describe('the number of a webhook', () => {
  const number = new NumberWebhook({ webhookId: here.webhookId, ...numbers }, metadata);
  const another = new NumberWebhook({ webhookId: here.webhookId, businessId: 1, number: 2 }, metadata);

  it('comes with its creation, or later if it is older than numbers', () => {
    expect(stateAfter(created)).toMatchObject(numbers);
    expect(stateAfter(createdLongAgo)).toMatchObject({ businessId: null, number: null });
    given([createdLongAgo]).when(number).then([numbered]);
    expect(stateAfter(createdLongAgo, numbered)).toEqual({ ...stateAfter(createdLongAgo), ...numbers });
  });

  it('is given once', () => {
    given([created]).when(another).thenNothing();
    given([createdLongAgo, numbered]).when(another).thenNothing();
  });

  it('is given to none that is gone, or not there yet', () => {
    given([createdLongAgo, removed]).when(number).thenNothing();
    when(number).thenNothing();
  });
});

describe('whatever is asked of a webhook, in either API', () => {
  const holds = (rule: (step: Step) => void) =>
    fc.assert(
      fc.property(anyStart, fc.array(anyCommand, { maxLength: 25 }), (start, commands) => {
        run([start, ...commands]).forEach(rule);
        run(commands, [createdLongAgo]).forEach(rule);
      }),
      { numRuns: 500 },
    );
  const hasSecret = ({ secret }: Pick<Webhook, 'secret'>) => secret !== null;

  it('its dialect stays', () => holds(({ before, after }) => expect(after.dialect).toBe(before.dialect)));

  it('its number stays once it has one, with its BusinessId', () =>
    holds(({ command, before, after }) => {
      const isNumbering = before.number === null && command.type === 'NumberWebhook';
      const { businessId, number } = isNumbering ? command.data : before;
      expect(after).toMatchObject({ businessId, number });
    }));

  it('it has a secret of its own in the workspace dialect, and in no other, nor would its draft or a test', () =>
    holds(({ after, events }) => {
      const isOwn = after.dialect === 'workspace';
      expect(hasSecret(after)).toBe(isOwn);
      if (after.draft) expect(hasSecret(published(after, after.draft))).toBe(isOwn);
      for (const { type, data } of events)
        if (type === 'TestRequested' && data.target) expect(hasSecret(data.target)).toBe(isOwn);
    }));
});
