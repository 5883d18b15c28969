import fc from 'fast-check';
import { Refusal } from '../../../../platform/kernel/index.ts';
import {
  ChangeDraft,
  CreateDraft,
  DisableWebhook,
  DiscardDraft,
  EditWebhook,
  EnableWebhook,
  NumberWebhook,
  PublishDraft,
  ReplaceWebhook,
  RotateWebhookSecret,
  TestDraft,
  type WebhookCommand,
} from '../webhook.commands.ts';
import { webhook } from '../webhook.decider.ts';
import type { Webhook } from '../webhook-state.ts';
import type { WebhookEvent } from '../webhook.events.ts';
import {
  between,
  body,
  here,
  inLocation,
  live,
  metadata,
  newest,
  numbers,
  toCreate,
  version,
} from './webhook-history.ts';

const anyVersion = fc.constantFrom(newest, between, version);
/** Versions expire in order, and the newest never. */
const anyLive = fc.integer({ min: 1, max: live.length }).map((count) => live.slice(0, count));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const status = fc.constantFrom('enabled' as const, 'disabled' as const);
const header = fc.constantFrom('sealed one', 'sealed two', null);
const name = fc.constantFrom('Billing', 'Invoices');
const url = fc.constantFrom('https://a.example/', 'https://b.example/');
const triggers = ['workspace-created', 'booking-create'];
const trigger = fc.constantFrom(...triggers);
const settings = {
  name,
  url,
  secret: fc.constantFrom('sealed secret', 'another', null),
  headers: fc.record({ Authorization: header }),
  triggers: fc.subarray(triggers, { minLength: 1 }),
};

/** Of either dialect. */
export const anyStart = fc.constantFrom(toCreate(), toCreate(inLocation));

/** What can be asked of a webhook, in either API or by the calendar, but its removal. */
export const anyCommand: fc.Arbitrary<WebhookCommand> = fc.oneof(
  fc
    .record({ ...settings, status, live: anyLive, version: optional(anyVersion) })
    .map((data) => new ReplaceWebhook({ ...here, ...body, ...data }, metadata)),
  fc
    .record({
      secret: fc.constantFrom('sealed secret', 'another', 'a third'),
      overlapSeconds: fc.nat(2),
      at: fc.nat(3_000),
    })
    .map(({ at, ...data }) => new RotateWebhookSecret({ ...here, ...data }, { ...metadata, at: metadata.at + at })),
  fc
    .record({ name: optional(name), url: optional(url), trigger, status: optional(status), live: anyLive })
    .map((data) => new EditWebhook({ ...here, ...data }, metadata)),
  fc.nat(1).map((more) => new NumberWebhook({ ...here, ...numbers, number: numbers.number + more }, metadata)),
  anyLive.map((among) => new EnableWebhook({ ...here, live: among }, metadata)),
  fc
    .record({ by: fc.constantFrom('admin', 'exhausted', 'gone', 'expired'), version: optional(anyVersion) })
    .map(
      ({ by, version: of }) =>
        new DisableWebhook({ ...here, by, version: by === 'expired' ? of : undefined }, metadata),
    ),
  fc.record({ of: anyVersion, target: anyVersion }).map((data) => new CreateDraft({ ...here, ...data }, metadata)),
  fc
    .record({ live: anyLive, target: optional(anyVersion), changes: fc.record(settings, { requiredKeys: [] }) })
    .map((data) => new ChangeDraft({ ...here, ...data }, metadata)),
  anyLive.map((among) => new TestDraft({ ...here, live: among, testId: 'test-2' }, metadata)),
  anyLive.map((among) => new PublishDraft({ ...here, live: among }, metadata)),
  fc.constant(new DiscardDraft(here, metadata)),
);

export type Step = {
  readonly command: WebhookCommand;
  readonly before: Webhook;
  readonly events: readonly WebhookEvent[];
  readonly after: Webhook;
};

/** The commands one after the other, to what the `history` made, those that were refused left out. */
export function run(commands: readonly WebhookCommand[], history: readonly WebhookEvent[] = []): Step[] {
  let state = history.reduce(webhook.evolve, webhook.initialState());
  return commands.flatMap((command) => {
    try {
      const before = state;
      const events = webhook.decide(command, before);
      state = events.reduce(webhook.evolve, before);
      return before && state ? [{ command, before, events, after: state }] : [];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}
