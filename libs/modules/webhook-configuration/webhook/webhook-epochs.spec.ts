import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../platform/kernel/index.ts';
import { body, here, live, metadata, toCreate } from './testing/webhook-history.ts';
import {
  CancelHeld,
  DisableWebhook,
  EditWebhook,
  EnableWebhook,
  ReplaceWebhook,
  type WebhookCommand,
} from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { Webhook } from './webhook-state.ts';
import type { WebhookEvent } from './webhook.events.ts';

const status = fc.constantFrom('enabled' as const, 'disabled' as const);

const delivery = fc.record({
  ...{
    concurrency: fc.constant(1),
    ratePerSecond: fc.constant(null),
    burst: fc.constant(1),
    schedule: fc.constant(null),
  },
  strictOrder: fc.boolean(),
  onExhausted: fc.constantFrom('disable' as const, 'continue' as const),
});
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const anyStart = fc.record({ status, delivery: sometimes(delivery) }).map((data) => toCreate(data));
const anyCommand: fc.Arbitrary<WebhookCommand> = fc.oneof(
  sometimes(fc.constantFrom('release' as const, 'cancel' as const)).map(
    (held) => new EnableWebhook({ ...here, live, held }, metadata),
  ),
  status.map((to) => new EditWebhook({ ...here, live, trigger: 'workspace-created', status: to }, metadata)),
  fc
    .record({ status, delivery: sometimes(delivery) })
    .map((data) => new ReplaceWebhook({ ...here, ...body, ...data }, metadata)),
  fc
    .record({
      by: fc.constantFrom('admin', 'exhausted', 'gone', 'expired'),
      epoch: sometimes(fc.nat(6)),
    })
    .map((data) => new DisableWebhook({ ...here, ...data }, metadata)),
  fc.constant(new CancelHeld(here, metadata)),
);

type Step = {
  before: Webhook | undefined;
  command: WebhookCommand;
  events: readonly WebhookEvent[];
  after: Webhook;
  /** Epochs in which events were matched to it, and not cancelled since. */
  owed: readonly number[];
  /** Those of them that were released when it was enabled, until it is disabled or no longer strictly ordered. */
  released: readonly number[];
};

/** The commands one after the other, those that were refused left out. */
function run(commands: readonly WebhookCommand[]): Step[] {
  let state: Webhook | undefined;
  let owed: readonly number[] = [];
  let released: readonly number[] = [];
  return commands.flatMap((command) => {
    try {
      const before = state;
      const events = webhook.decide(command, before);
      state = events.reduce(webhook.evolve, before);
      if (state === undefined) return [];
      const upTo = Math.max(-1, ...events.map((event) => (event.type === 'HeldCancelled' ? event.data.upTo : -1)));
      owed = owed.filter((epoch) => epoch > upTo);
      const step = { before, command, events, after: state, owed, released };
      const isMatched = state.disabledBy === null || state.disabledBy === 'exhausted' || state.disabledBy === 'gone';
      if (isMatched) owed = [...owed, state.epoch];
      if (isRelease(events)) released = owed;
      else if (state.status === 'disabled' || !state.delivery.strictOrder) released = [];
      return [step];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

const isRelease = (events: readonly WebhookEvent[]): boolean =>
  events.some((event) => event.type === 'WebhookEnabled' && event.data.held === 'release');

const holds = (rule: (step: Step) => boolean) =>
  fc.assert(
    fc.property(anyStart, fc.array(anyCommand, { maxLength: 30 }), (start, commands) =>
      run([start, ...commands]).every(rule),
    ),
    { numRuns: 500 },
  );

describe('whatever is asked of a webhook', () => {
  it('its epoch is even while it is enabled and odd while it is disabled', () =>
    holds(({ after }) => (after.epoch % 2 === 0) === (after.status === 'enabled')));

  it('its epoch rises by one when it is switched, by two when it cancels and stays disabled, and never otherwise', () =>
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

  it('what is cancelled was owed in an earlier epoch than the one that begins or goes on', () =>
    holds(({ after, events }) =>
      events.every(
        (event) => event.type !== 'HeldCancelled' || (event.data.upTo >= 0 && event.data.upTo < after.epoch),
      ),
    ));

  it('if it is strictly ordered, it is never enabled with anything left held', () =>
    holds(({ before, events, after, owed }) => {
      if (before?.status !== 'disabled' || after.status !== 'enabled' || !after.delivery.strictOrder) return true;
      return isRelease(events) || owed.length === 0;
    }));

  it('what was released is not cancelled while it stays enabled and strictly ordered', () =>
    holds(({ before, events, released }) =>
      events.every((event) => {
        if (event.type !== 'HeldCancelled' || before?.status === 'disabled') return true;
        return released.every((epoch) => epoch > event.data.upTo);
      }),
    ));

  it('the same command again appends nothing, unless it is about what is held', () =>
    holds(({ command, after }) => {
      if (command.type === 'CancelHeld' || command.type === 'CreateWebhook') return true;
      return webhook.decide(command, after).length === 0;
    }));
});
