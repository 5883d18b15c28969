import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  between,
  body,
  changedTo,
  created,
  createdDisabled,
  createdLongAgo,
  disabled,
  draftChanged,
  draftCreated,
  enabled,
  heldCancelled,
  here,
  later,
  live,
  metadata,
  newest,
  removed,
  toCreate,
  version,
} from './testing/webhook-history.ts';
import { CancelHeld, DisableWebhook, EnableWebhook, ReplaceWebhook, RequestTest } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { DisabledBy, WebhookDisabled, WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);

const replace = (change: Partial<ReplaceWebhook['data']>) =>
  new ReplaceWebhook({ ...here, ...body, status: 'enabled', ...change }, metadata);
const enable = (among = live) => new EnableWebhook({ ...here, live: among }, metadata);
const expire = (of: string | undefined = version) =>
  new DisableWebhook({ ...here, by: 'expired', version: of }, metadata);
const expired = (epoch: number): WebhookDisabled => ({
  type: 'WebhookDisabled',
  data: { ...here, by: 'expired', epoch, version },
});
const moved = changedTo({ version: newest });
const stateAfter = (events: readonly WebhookEvent[]) => events.reduce(webhook.evolve, webhook.initialState());

describe('the version of a webhook', () => {
  it('is the one it is made on', () => {
    const withdrawn = new Map([['2026-12-01', newest]]);
    when(toCreate({ version: between, withdrawn })).then([{ ...created, data: { ...created.data, version: between } }]);
  });

  it('is a live one when it is made', () => {
    when(toCreate({ live: later })).thenRefused('conflict', new RegExp(`${version}.*${newest}, ${between}`));
    when(toCreate({ version: '2027-02-30' })).thenRefused('conflict', /2027-02-30/);
  });

  it('is the first one, for good, if its events are older than versions', () => {
    expect(webhook.evolve(undefined, createdLongAgo)).toMatchObject({ version });
    given([createdLongAgo, changedTo({ version: newest }), changedTo({ name: 'Invoices', version: undefined })])
      .when(replace({ name: 'Invoices', version: newest }))
      .thenNothing();
  });

  it('stays what it is when it is replaced without one, or with its own, be that live or not', () => {
    given([created, moved]).when(replace({})).thenNothing();
    given([created])
      .when(replace({ version, live: later }))
      .thenNothing();
    given([created])
      .when(replace({ name: 'Invoices', live: later }))
      .then([changedTo({ name: 'Invoices' })]);
  });

  it('is moved to another that is live, in either direction', () => {
    given([created])
      .when(replace({ version: newest }))
      .then([moved]);
    given([created, moved])
      .when(replace({ version: between }))
      .then([changedTo({ version: between })]);
  });

  it('is moved to no other', () => {
    given([created, moved])
      .when(replace({ version, live: later }))
      .thenRefused('conflict', new RegExp(version));
    given([created])
      .when(replace({ version: '2027-02-30' }))
      .thenRefused('conflict', /2027-02-30/);
  });

  it('is named by its tests', () =>
    given([created, moved])
      .when(new RequestTest({ ...here, testId: 'test-2' }, metadata))
      .then([{ type: 'TestRequested', data: { ...here, testId: 'test-2', version: newest } }]));
});

describe('enabling a webhook', () => {
  const off = given([createdDisabled]);
  const named = new RegExp(`${version}.*expired.*${newest}, ${between}`);

  it('on an expired version is refused, and told where it may move', () => {
    off.when(enable(later)).thenRefused('conflict', named);
    off.when(replace({ live: later })).thenRefused('conflict', named);
    off.when(replace({ version, live: later })).thenRefused('conflict', named);
  });

  it('is done in the call that moves it', () =>
    off.when(replace({ version: newest, live: later })).then([moved, enabled(2)]));

  it('can be done once it was moved', () =>
    given([created, expired(1), moved])
      .when(enable(later))
      .then([enabled(2)]));

  it('that is enabled already changes nothing, whatever has become of its version', () =>
    given([created]).when(enable(later)).thenNothing());
});

describe('a webhook that was left on a withdrawn version', () => {
  const off = given([createdDisabled, changedTo({ version: newest })]);
  const withdrawn = new Map([[newest, between]]);

  it('is enabled while the version that stands for it is live', () => {
    const among = { live: [between], withdrawn };
    off.when(new EnableWebhook({ ...here, ...among }, metadata)).then([enabled(2)]);
    off.when(replace({ ...among })).then([enabled(2)]);
    off.when(replace({ ...among, version: newest })).then([enabled(2)]);
  });

  it('is not when that has expired, and told so', () => {
    const among = { live: ['2027-01-01'], withdrawn };
    const told = new RegExp(`${newest}.* was withdrawn and counts as ${between}, which has expired.* 2027-01-01`);
    off.when(new EnableWebhook({ ...here, ...among }, metadata)).thenRefused('conflict', told);
    off.when(replace(among)).thenRefused('conflict', told);
  });

  it('is joined there by no other', () => {
    const among = { live: [between, version], withdrawn, version: newest };
    given([created])
      .when(replace(among))
      .thenRefused('conflict', new RegExp(`${newest}.* was withdrawn`));
    when(toCreate(among)).thenRefused('conflict', new RegExp(`${newest}.* was withdrawn`));
  });
});

describe('a webhook whose version expires', () => {
  it('is disabled, for that version', () =>
    given([created])
      .when(expire())
      .then([expired(1)]));

  it('is left alone if it has moved, is gone, or never was', () => {
    given([created, moved]).when(expire()).thenNothing();
    given([created, removed]).when(expire()).thenNothing();
    when(expire()).thenNothing();
  });

  it.each<DisabledBy>(['admin', 'exhausted', 'gone'])('stays in its epoch if %s had disabled it', (by) =>
    given([created, disabled(by, 1)])
      .when(expire())
      .then([expired(1)]),
  );

  it('is disabled once', () =>
    given([created, expired(1)])
      .when(expire())
      .thenNothing());

  it.each<DisabledBy>(['admin', 'exhausted', 'gone'])('is not taken over by %s', (by) =>
    given([created, expired(1)])
      .when(new DisableWebhook({ ...here, by }, metadata))
      .thenNothing(),
  );

  it('holds nothing of what is published from then on', () =>
    given([created, disabled('exhausted', 1), expired(1), heldCancelled(1, 3)])
      .when(new CancelHeld(here, metadata))
      .thenNothing());
});

describe('a draft that is nothing but a move', () => {
  const history: readonly WebhookEvent[] = [created, draftCreated()];

  it.each([newest, between])('is over when the webhook is moved to %s, and was not discarded', (to) => {
    const change = changedTo({ version: to, name: 'Invoices' });
    given(history)
      .when(replace({ version: to, name: 'Invoices' }))
      .then([change]);
    expect(stateAfter([...history, change])).toMatchObject({ draft: null, discardedFor: [] });
  });

  it('stays when the webhook is changed where it is', () =>
    expect(stateAfter([...history, changedTo({ name: 'Invoices' })])?.draft).toMatchObject({ target: newest }));

  it('stays when the webhook is moved, if it is more than that', () => {
    const changed = draftChanged({ url: 'https://customer.example/new' });
    expect(stateAfter([...history, changed, moved])?.draft).toMatchObject({ target: newest });
  });
});
