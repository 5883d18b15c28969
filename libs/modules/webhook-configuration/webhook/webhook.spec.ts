import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  body,
  changedTo,
  created,
  createdDisabled,
  disabled,
  elsewhere,
  enabled,
  heldCancelled,
  here,
  live,
  metadata,
  removed,
  toCreate,
  version,
} from './testing/webhook-history.ts';
import {
  CancelHeld,
  DisableWebhook,
  EnableWebhook,
  RemoveWebhook,
  ReplaceWebhook,
  ReportBacklog,
  RequestTest,
} from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);

const replace = (change: Partial<ReplaceWebhook['data']> = {}) =>
  new ReplaceWebhook({ ...here, ...body, status: 'enabled', ...change }, metadata);
const disableBy = (by: DisableWebhook['data']['by'], more: Partial<DisableWebhook['data']> = {}) =>
  new DisableWebhook({ webhookId: here.webhookId, by, ...more }, metadata);
const disableAsAdmin = disableBy('admin', here);

describe('a new webhook', () => {
  it('begins enabled in epoch 0, and owes a test', () => when(toCreate()).then([created]));
  it('begins disabled in epoch 1, and owes a test all the same', () =>
    when(toCreate({ status: 'disabled' })).then([createdDisabled]));
  it('does not take the id of another', () => given([created]).when(toCreate()).thenRefused('conflict'));
  it('made disabled counts as disabled by an admin', () =>
    expect(webhook.evolve(undefined, createdDisabled)).toMatchObject({ status: 'disabled', disabledBy: 'admin' }));
});

describe('replacing a webhook', () => {
  const after = given([created]);

  it('appends nothing when nothing changes', () => after.when(replace()).thenNothing());

  it('appends all settings when one changes', () =>
    after.when(replace({ name: 'Invoices' })).then([changedTo({ name: 'Invoices' })]));

  it('keeps the secret and the header values it is given no new ones for', () =>
    after.when(replace({ secret: null, headers: { Authorization: null } })).thenNothing());

  it('finds a kept header value whatever the case of its name', () =>
    after
      .when(replace({ headers: { authorization: null } }))
      .then([changedTo({ headers: { authorization: 'sealed authorization' } })]));

  it('keeps the secret as it is at that moment, not as the caller last saw it', () =>
    given([created, changedTo({ secret: 'newer secret' })])
      .when(replace({ secret: null, name: 'Invoices' }))
      .then([changedTo({ secret: 'newer secret', name: 'Invoices' })]));

  it('refuses to keep a header value that is not there', () =>
    after.when(replace({ headers: { 'X-Other': null } })).thenRefused('invalid', /headers\.X-Other/));

  it('drops a header that is not named', () => after.when(replace({ headers: {} })).then([changedTo({ headers: {} })]));

  it('disables, after the change', () =>
    after
      .when(replace({ name: 'Invoices', status: 'disabled' }))
      .then([changedTo({ name: 'Invoices' }), disabled('admin', 1)]));

  it('enables', () =>
    given([createdDisabled])
      .when(replace())
      .then([enabled(2)]));

  it('leaves the reason of a webhook that stays disabled', () =>
    given([created, disabled('exhausted', 1)])
      .when(replace({ status: 'disabled' }))
      .thenNothing());
});

describe('an enabled webhook', () => {
  const after = given([created]);

  it('is disabled by an admin', () => after.when(disableAsAdmin).then([disabled('admin', 1)]));

  it('is disabled by an exhausted delivery of its epoch, which it names', () =>
    after
      .when(disableBy('exhausted', { epoch: 0, deliveryId: 'd-1', lastError: '503' }))
      .then([
        { type: 'WebhookDisabled', data: { ...here, by: 'exhausted', epoch: 1, deliveryId: 'd-1', lastError: '503' } },
      ]));

  it('ignores what was exhausted in an earlier epoch', () =>
    given([created, disabled('exhausted', 1), enabled(2)])
      .when(disableBy('exhausted', { epoch: 0 }))
      .thenNothing());

  it('stays enabled when enabled again', () =>
    after.when(new EnableWebhook({ ...here, live }, metadata)).thenNothing());

  it('has nothing held before it was ever disabled', () => after.when(new CancelHeld(here, metadata)).thenNothing());

  it('cancels what it held in earlier epochs, once', () => {
    const history = [created, disabled('gone', 1), enabled(2)];
    given(history)
      .when(new CancelHeld(here, metadata))
      .then([heldCancelled(1, 2)]);
    given([...history, heldCancelled(1, 2)])
      .when(new CancelHeld(here, metadata))
      .thenNothing();
  });
});

describe('a disabled webhook', () => {
  const exhausted = given([created, disabled('exhausted', 1)]);

  it('is enabled into the next epoch', () =>
    exhausted.when(new EnableWebhook({ ...here, live }, metadata)).then([enabled(2)]));

  it.each(['exhausted', 'gone'] as const)('ignores that it is to be disabled by %s', (by) => {
    exhausted.when(disableBy(by, { epoch: 1 })).thenNothing();
    exhausted.when(disableBy(by)).thenNothing();
  });

  it('becomes disabled by an admin in the same epoch', () =>
    exhausted.when(disableAsAdmin).then([disabled('admin', 1)]));

  it('stays as it is when an admin disables it twice', () =>
    given([created, disabled('admin', 1)])
      .when(disableAsAdmin)
      .thenNothing());

  it('can be tested', () =>
    exhausted
      .when(new RequestTest({ ...here, testId: 'test-2' }, metadata))
      .then([{ type: 'TestRequested', data: { ...here, testId: 'test-2', version } }]));

  it('cancels all it holds, and stays disabled in a new epoch, so that what comes next is held', () =>
    exhausted.when(new CancelHeld(here, metadata)).then([heldCancelled(1, 3)]));

  it('has nothing to cancel if it was made disabled', () =>
    given([createdDisabled]).when(new CancelHeld(here, metadata)).thenNothing());
});

describe('a webhook that cancelled what it held', () => {
  const after = given([created, disabled('exhausted', 1), heldCancelled(1, 3)]);

  it('can cancel what it has held since', () => {
    after.when(new CancelHeld(here, metadata)).then([heldCancelled(3, 5)]);
    given([created, disabled('exhausted', 1), heldCancelled(1, 3), enabled(4)])
      .when(new CancelHeld(here, metadata))
      .then([heldCancelled(3, 4)]);
  });

  it('has held nothing since if an admin had switched it off', () =>
    given([created, disabled('admin', 1), heldCancelled(1, 3)])
      .when(new CancelHeld(here, metadata))
      .thenNothing());

  it('is still disabled by what disabled it', () => {
    after.when(disableAsAdmin).then([disabled('admin', 3)]);
    after.when(new EnableWebhook({ ...here, live }, metadata)).then([enabled(4)]);
  });
});

describe('a removed webhook, one of another workspace, and one that never was', () => {
  const commands = (target: typeof here) => [
    new ReplaceWebhook({ ...target, ...body, status: 'enabled' }, metadata),
    new RemoveWebhook(target, metadata),
    new EnableWebhook({ ...target, live }, metadata),
    disableBy('admin', target),
    new RequestTest({ ...target, testId: 'test-2' }, metadata),
    new CancelHeld(target, metadata),
  ];

  it.each(commands(here))('are not found: $type', (command) => {
    given([created, removed]).when(command).thenRefused('not-found');
    when(command).thenRefused('not-found');
  });

  it.each(commands(elsewhere))('are not found from another workspace: $type', (command) =>
    given([created]).when(command).thenRefused('not-found'),
  );

  it('make a saga that disables them do nothing', () => {
    given([created, removed])
      .when(disableBy('exhausted', { epoch: 0 }))
      .thenNothing();
    when(disableBy('gone', { epoch: 0 })).thenNothing();
  });
});

describe('removing', () => {
  it('is done once', () => given([created]).when(new RemoveWebhook(here, metadata)).then([removed]));
});

describe('a backlog', () => {
  const report = (full: boolean, change: object = {}) =>
    new ReportBacklog({ ...here, full, limit: 1_000_000, ...change }, metadata);
  const filled: WebhookEvent = { type: 'BacklogFilled', data: { ...here, limit: 1_000_000 } };
  const cleared: WebhookEvent = { type: 'BacklogCleared', data: here };

  it('is told of once when it is full, and once when it has room again', () => {
    given([created]).when(report(true)).then([filled]);
    given([created, filled]).when(report(true)).thenNothing();
    given([created, filled]).when(report(false)).then([cleared]);
    given([created, filled, cleared]).when(report(false)).thenNothing();
    given([created, filled, cleared]).when(report(true)).then([filled]);
  });

  it('of a webhook that was never full has nothing to tell', () => given([created]).when(report(false)).thenNothing());

  it('stays full whether its webhook is off or on', () =>
    given([created, filled, disabled('exhausted', 1), enabled(2)])
      .when(report(true))
      .thenNothing());

  it("of a webhook that is gone, elsewhere or unheard of is nobody's", () => {
    given([created, removed]).when(report(true)).thenNothing();
    given([created]).when(report(true, elsewhere)).thenNothing();
    when(report(true)).thenNothing();
  });
});
