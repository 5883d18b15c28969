import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../platform/kernel/index.ts';
import { here, metadata, settings } from './testing/webhook-history.ts';
import {
  CancelHeld,
  CreateWebhook,
  DisableWebhook,
  EnableWebhook,
  ReleaseHeld,
  ReplaceWebhook,
  type WebhookCommand,
} from './webhook.commands.ts';
import { webhook, type Webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const body = { ...settings, triggers: [...settings.triggers], headers: { ...settings.headers } };
const status = fc.constantFrom('enabled' as const, 'disabled' as const);

const anyStart = status.map((s) => new CreateWebhook({ ...here, ...body, status: s, testId: 'test-1' }, metadata));
const anyCommand: fc.Arbitrary<WebhookCommand> = fc.oneof(
  fc.constant(new EnableWebhook(here, metadata)),
  status.map((s) => new ReplaceWebhook({ ...here, ...body, status: s }, metadata)),
  fc
    .record({
      by: fc.constantFrom('admin', 'exhausted', 'gone', 'expired'),
      epoch: fc.option(fc.nat(6), { nil: undefined }),
    })
    .map((data) => new DisableWebhook({ ...here, ...data }, metadata)),
  fc.constant(new ReleaseHeld(here, metadata)),
  fc.constant(new CancelHeld(here, metadata)),
);

type Step = { before: Webhook | undefined; command: WebhookCommand; events: readonly WebhookEvent[]; after: Webhook };

/** The commands one after the other, those that were refused left out. */
function run(commands: readonly WebhookCommand[]): Step[] {
  let state: Webhook | undefined;
  return commands.flatMap((command) => {
    try {
      const before = state;
      const events = webhook.decide(command, before);
      state = events.reduce(webhook.evolve, before);
      return state === undefined ? [] : [{ before, command, events, after: state }];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

const holds = (rule: (step: Step) => boolean) =>
  fc.assert(
    fc.property(anyStart, fc.array(anyCommand, { maxLength: 30 }), (start, commands) =>
      run([start, ...commands]).every(rule),
    ),
  );

describe('whatever is asked of a webhook', () => {
  it('its epoch is even while it is enabled and odd while it is disabled', () =>
    holds(({ after }) => (after.epoch % 2 === 0) === (after.status === 'enabled')));

  it('its epoch rises by one when it is switched, by two when it cancels while disabled, and never otherwise', () =>
    holds(({ before, events, after }) => {
      if (before === undefined) return after.epoch <= 1;
      const cancels = events.some(({ type }) => type === 'HeldCancelled') && before.status === 'disabled';
      return after.epoch - before.epoch === (before.status !== after.status ? 1 : cancels ? 2 : 0);
    }));

  it('a disabled webhook says by whom, an enabled one does not', () =>
    holds(({ after }) => (after.disabledBy === null) === (after.status === 'enabled')));

  it('a command about another epoch changes nothing', () =>
    holds(({ before, command, events }) => {
      const epoch = command.type === 'DisableWebhook' ? command.data.epoch : undefined;
      return epoch === undefined || epoch === before?.epoch || events.length === 0;
    }));

  it('what is released or cancelled was held in an earlier epoch than the one that begins or goes on', () =>
    holds(({ after, events }) =>
      events.every((event) => {
        if (event.type !== 'HeldReleased' && event.type !== 'HeldCancelled') return true;
        const { upTo, epoch } = event.data;
        return epoch === after.epoch && upTo >= 0 && upTo < epoch;
      }),
    ));

  it('the same command again appends nothing, unless it is about what is held', () =>
    holds(({ command, after }) => {
      if (command.type === 'ReleaseHeld' || command.type === 'CancelHeld' || command.type === 'CreateWebhook')
        return true;
      return webhook.decide(command, after).length === 0;
    }));
});
