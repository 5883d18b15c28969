import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  changedTo,
  created,
  createdDisabled,
  createdInLocation,
  createdWith,
  disabled,
  draftChanged,
  draftCreated,
  elsewhere,
  enabled,
  heldCancelled,
  here,
  later,
  live,
  metadata,
  newest,
  removed,
  version,
} from './testing/webhook-history.ts';
import { EditWebhook } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);
const edit = (change: Partial<EditWebhook['data']> = {}) =>
  new EditWebhook({ ...here, live, trigger: 'workspace-created', ...change }, metadata);
const url = 'https://customer.example/new';

describe('editing a webhook', () => {
  const after = given([created]);

  it('appends nothing when nothing changes', () => {
    after.when(edit()).thenNothing();
    const { name, description } = created.data;
    after.when(edit({ name, description, url: created.data.url, status: 'enabled' })).thenNothing();
  });

  it('replaces its one trigger', () =>
    after.when(edit({ trigger: 'booking-create' })).then([changedTo({ triggers: ['booking-create'] })]));

  it('changes what is given, and leaves the rest as it is at that moment', () =>
    given([created, changedTo({ headers: {}, secret: 'newer secret', version: newest })])
      .when(edit({ name: 'Invoices', description: '', url }))
      .then([
        changedTo({
          ...{ name: 'Invoices', description: '', url },
          ...{ headers: {}, secret: 'newer secret', version: newest },
        }),
      ]));

  it('works in either dialect, and leaves it without a secret if it has none', () =>
    given([createdInLocation])
      .when(edit({ url }))
      .then([changedTo({ url, secret: null })]));

  it('disables, after the change', () =>
    after.when(edit({ url, status: 'disabled' })).then([changedTo({ url }), disabled('admin', 1)]));

  it('enables', () =>
    given([createdDisabled])
      .when(edit({ status: 'enabled' }))
      .then([enabled(2)]));

  it('leaves its status alone unless one is given, and the reason of one that stays disabled', () => {
    given([createdDisabled])
      .when(edit({ url }))
      .then([changedTo({ url })]);
    given([created, disabled('exhausted', 1)])
      .when(edit({ status: 'disabled' }))
      .thenNothing();
  });

  it('leaves its draft', () => {
    const history: readonly WebhookEvent[] = [created, draftCreated(), draftChanged({ url }), changedTo({ name: 'A' })];
    expect(history.reduce(webhook.evolve, webhook.initialState())?.draft).toMatchObject({ changes: { url } });
    given(history)
      .when(edit({ name: 'B' }))
      .then([changedTo({ name: 'B' })]);
  });
});

describe('a webhook that listens to several triggers', () => {
  const several = given([created, changedTo({ triggers: ['booking-create', 'booking-delete'] })]);

  it('is not edited, and says which and what to do', () => {
    const told = new RegExp(`booking-create, booking-delete.*/settings/webhooks/${here.webhookId}`);
    several.when(edit({ trigger: 'booking-create' })).thenRefused('conflict', told);
    several.when(edit({ status: 'disabled' })).thenRefused('conflict', told);
  });

  it('is once it listens to one', () =>
    given([created, changedTo({ triggers: ['booking-create', 'booking-delete'] }), changedTo({})])
      .when(edit({ url }))
      .then([changedTo({ url })]));
});

describe('enabling a webhook by editing it', () => {
  it('on an expired version is refused', () => {
    const among = { live: later, status: 'enabled' } as const;
    given([createdDisabled])
      .when(edit(among))
      .thenRefused('conflict', new RegExp(`${version}.*expired.*${later.join(', ')}`));
    given([created]).when(edit(among)).thenNothing();
  });

  it('that was left on a withdrawn version follows the one that stands for it', () => {
    const left = given([createdDisabled, changedTo({ version: newest })]);
    const withdrawn = new Map([[newest, version]]);
    left.when(edit({ status: 'enabled', live: [version], withdrawn })).then([enabled(2)]);
    left.when(edit({ status: 'enabled', live: ['2027-01-01'], withdrawn })).thenRefused('conflict', /counts as/);
  });

  it('needs a decision about what a strictly ordered one holds, which is made elsewhere', () => {
    const history = [createdWith({ strictOrder: true }), disabled('exhausted', 1)];
    given(history)
      .when(edit({ status: 'enabled' }))
      .thenRefused('conflict', /strictly ordered/);
    given([...history, heldCancelled(1, 3), disabled('admin', 3), heldCancelled(3, 5)])
      .when(edit({ status: 'enabled' }))
      .then([enabled(6)]);
  });
});

describe('a removed webhook, one of another workspace, and one that never was', () => {
  it('are not edited', () => {
    given([created, removed]).when(edit()).thenRefused('not-found');
    given([created]).when(edit(elsewhere)).thenRefused('not-found');
    when(edit()).thenRefused('not-found');
  });
});
