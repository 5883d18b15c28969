import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { defaultDelivery } from './delivery-settings.ts';
import {
  between,
  changedTo,
  created,
  createdDisabled,
  draftChanged,
  draftCreated,
  draftDiscarded,
  elsewhere,
  here,
  later,
  live,
  metadata,
  newest,
  removed,
  settings,
  version,
} from './testing/webhook-history.ts';
import { ChangeDraft, CreateDraft, DiscardDraft, PublishDraft, TestDraft } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);

const calendar = (data: Partial<CreateDraft['data']> = {}) =>
  new CreateDraft({ ...here, of: version, target: newest, ...data }, metadata);
const change = (changes: ChangeDraft['data']['changes'], data: Partial<ChangeDraft['data']> = {}) =>
  new ChangeDraft({ ...here, live, changes, ...data }, metadata);
const test = (among = live) => new TestDraft({ ...here, live: among, testId: 'test-2' }, metadata);
const publish = (among = live) => new PublishDraft({ ...here, live: among }, metadata);
const discard = new DiscardDraft(here, metadata);
const published: WebhookEvent = { type: 'DraftPublished', data: { ...here, target: newest } };
const url = 'https://customer.example/new';

describe('changing a draft', () => {
  const none = given([created]);
  const some = given([created, draftCreated(), draftChanged({ url })]);

  it('makes one on the newest version if there is none', () => {
    none.when(change({ url })).then([draftCreated('admin'), draftChanged({ url })]);
    none.when(change({})).then([draftCreated('admin')]);
  });

  it('makes it on any version that is named, if that is live', () => {
    none.when(change({}, { target: between })).then([draftCreated('admin', { target: between })]);
    none
      .when(change({ url }, { target: version }))
      .then([draftCreated('admin', { target: version }), draftChanged({ url }, version)]);
    none.when(change({}, { target: version, live: later })).thenRefused('conflict', new RegExp(version));
  });

  it('replaces one as a whole', () => {
    some.when(change({ name: 'Invoices' })).then([draftChanged({ name: 'Invoices' })]);
    some.when(change({})).then([draftChanged({})]);
  });

  it('leaves it on its version unless another is named', () => {
    const history = [created, draftCreated('admin', { target: between })];
    given(history)
      .when(change({ url }))
      .then([draftChanged({ url }, between)]);
    given(history)
      .when(change({}, { target: newest }))
      .then([draftChanged({})]);
    given(history)
      .when(change({ url }, { live: [newest] }))
      .thenRefused('conflict', new RegExp(between));
  });

  it('puts it on the newest version if its own was withdrawn', () => {
    const history = [created, draftCreated('admin', { target: newest }), draftChanged({ url })];
    const after = { live: [between, version], withdrawn: new Map([[newest, between]]) };
    given(history)
      .when(change({ name: 'Invoices' }, after))
      .then([draftChanged({ name: 'Invoices' }, between)]);
    given(history)
      .when(change({}, { ...after, target: newest }))
      .thenRefused('conflict', /was withdrawn/);
  });

  it('keeps only what differs from the webhook', () =>
    none
      .when(
        change({
          ...{ name: settings.name, url, triggers: [...settings.triggers], applyToAllDescendants: false },
          ...{ secret: settings.secret, headers: { ...settings.headers }, description: '' },
        }),
      )
      .then([draftCreated('admin'), draftChanged({ description: '', applyToAllDescendants: false, url })]));

  it('takes null for the secret, or for a header value, of the webhook', () => {
    none.when(change({ secret: null, headers: { Authorization: null } })).then([draftCreated('admin')]);
    const headers = { authorization: 'sealed authorization', 'X-New': 'sealed new' };
    none
      .when(change({ secret: 'sealed new secret', headers: { authorization: null, 'X-New': 'sealed new' } }))
      .then([draftCreated('admin'), draftChanged({ secret: 'sealed new secret', headers })]);
    none.when(change({ headers: { 'X-Other': null } })).thenRefused('invalid', /headers\.X-Other/);
  });

  it('takes delivery settings in full', () => {
    const { concurrency: _, ...rest } = { ...defaultDelivery, schedule: null };
    none.when(change({ delivery: { ...rest, concurrency: 16 } })).then([draftCreated('admin')]);
    const delivery = { ...defaultDelivery, strictOrder: true, schedule: null };
    none.when(change({ delivery })).then([draftCreated('admin'), draftChanged({ delivery })]);
  });

  it('appends nothing when nothing changes', () => {
    some.when(change({ url })).thenNothing();
    given([created, draftCreated()]).when(change({})).thenNothing();
  });

  it('leaves it a draft of the calendar', () => {
    const history = [created, draftCreated(), draftChanged({ url }, between)];
    const state = history.reduce(webhook.evolve, webhook.initialState());
    expect(state?.draft).toEqual({ target: between, changes: { url }, of: version, by: 'calendar' });
  });
});

describe('testing a draft', () => {
  it('goes where the draft would, in its version', () =>
    given([created, draftCreated(), draftChanged({ url, headers: { 'X-New': 'sealed new' } })])
      .when(test())
      .then([
        {
          type: 'TestRequested',
          data: {
            ...{ ...here, testId: 'test-2', version: newest },
            target: { url, secret: settings.secret, headers: { 'X-New': 'sealed new' } },
          },
        },
      ]));

  it('needs one whose version is live', () => {
    given([created]).when(test()).thenRefused('not-found', /draft/);
    given([created, draftCreated('admin', { target: version })])
      .when(test(later))
      .thenRefused('conflict', new RegExp(`${version}.* has expired`));
  });
});

describe('publishing a draft', () => {
  const some = given([created, draftCreated(), draftChanged({ url })]);

  it('moves the webhook, and changes what the draft changes', () =>
    some.when(publish()).then([published, changedTo({ url, version: newest })]));

  it('applies it to the webhook as it is then', () =>
    given([created, draftCreated(), draftChanged({ url }), changedTo({ name: 'Invoices', secret: 'newer secret' })])
      .when(publish())
      .then([published, changedTo({ url, name: 'Invoices', secret: 'newer secret', version: newest })]));

  it('changes nothing that is already so', () =>
    given([created, draftCreated(), draftChanged({ url }), changedTo({ url, version: newest })])
      .when(publish())
      .then([published]));

  it('does not enable it', () =>
    given([createdDisabled, draftCreated()])
      .when(publish())
      .then([published, changedTo({ version: newest })]));

  it('ends it', () => {
    const done = given([created, draftCreated(), published, changedTo({ version: newest })]);
    done.when(publish()).thenRefused('not-found', /draft/);
    done.when(discard).thenRefused('not-found', /draft/);
    done.when(change({ url })).then([draftCreated('admin', { of: newest }), draftChanged({ url })]);
  });

  it('is refused when its version has expired, and leaves it there', () => {
    const old = given([
      created,
      changedTo({ version: newest }),
      draftCreated('admin', { target: version, of: newest }),
    ]);
    old.when(publish(later)).thenRefused('conflict', new RegExp(`${version}.* has expired`));
    old.when(discard).then([draftDiscarded(newest, version)]);
  });
});

describe('a draft on a version that was withdrawn', () => {
  const withdrawn = { live: [between, version], withdrawn: new Map([[newest, between]]) };
  const told = new RegExp(`${newest}.* was withdrawn.* ${between}, ${version}`);
  const some = given([created, draftCreated()]);

  it('is neither tested nor published', () => {
    some.when(new TestDraft({ ...here, ...withdrawn, testId: 'test-2' }, metadata)).thenRefused('conflict', told);
    some.when(new PublishDraft({ ...here, ...withdrawn }, metadata)).thenRefused('conflict', told);
  });

  it('makes way for that of the calendar', () =>
    some.when(calendar({ target: between })).then([draftCreated('calendar', { target: between })]));
});

describe('discarding a draft', () => {
  it('leaves the webhook as it is', () =>
    given([created, draftCreated(), draftChanged({ url })])
      .when(discard)
      .then([draftDiscarded()]));

  it('needs one', () => given([created]).when(discard).thenRefused('not-found', /draft/));
});

describe('a removed webhook, one of another workspace, and one that never was', () => {
  const commands = [change({ url }), test(), publish(), discard];

  it.each(commands)('have no draft: $type', (command) => {
    given([created, draftCreated(), removed])
      .when(command)
      .thenRefused('not-found', /webhook/);
    given([{ ...created, data: { ...created.data, ...elsewhere } }])
      .when(command)
      .thenRefused('not-found', /webhook/);
    when(command).thenRefused('not-found', /webhook/);
  });
});
