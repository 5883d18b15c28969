import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { defaultDelivery, type DeliverySettings } from './delivery-settings.ts';
import {
  body,
  changedTo,
  created,
  createdDisabled,
  createdLongAgo,
  createdWith,
  disabled,
  enabled,
  heldCancelled,
  here,
  live,
  metadata,
  toCreate,
} from './testing/webhook-history.ts';
import { CancelHeld, DisableWebhook, EnableWebhook, ReplaceWebhook } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookCreated } from './webhook.events.ts';

const { given, when } = specify(webhook);

const replace = (change: Partial<ReplaceWebhook['data']>) =>
  new ReplaceWebhook({ ...here, ...body, status: 'enabled', ...change }, metadata);
const enable = (held?: 'release' | 'cancel') => new EnableWebhook({ ...here, live, held }, metadata);
const cancelHeld = new CancelHeld(here, metadata);

const slow = { ...defaultDelivery, concurrency: 2, ratePerSecond: 0.5, schedule: [0, 5] };
const ordered = createdWith({ strictOrder: true });
const orderedDisabled: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...ordered.data, status: 'disabled', epoch: 1 },
};

describe('the delivery settings of a webhook', () => {
  it('are those it is created with', () => when(toCreate({ delivery: slow })).then([createdWith(slow)]));

  it('are the defaults, written down in full, if it is created without', () =>
    when(toCreate({ delivery: undefined })).then([createdWith({})]));

  it('stay what they are when it is replaced without', () =>
    given([createdWith(slow)])
      .when(replace({ delivery: undefined, name: 'Invoices' }))
      .then([changedTo({ name: 'Invoices', delivery: slow })]));

  it('are replaced whole', () =>
    given([createdWith({ strictOrder: true, onExhausted: 'continue' })])
      .when(replace({ delivery: slow }))
      .then([changedTo({ delivery: slow })]));

  it('are the same in any order of their names', () => {
    const backwards = Object.fromEntries(Object.entries(slow).reverse()) as typeof slow;
    given([createdWith(slow)])
      .when(replace({ delivery: backwards }))
      .thenNothing();
    given([createdWith(backwards)])
      .when(replace({ delivery: slow }))
      .thenNothing();
  });

  it('of a webhook older than these settings are the defaults', () => {
    expect(webhook.evolve(undefined, createdLongAgo)).toMatchObject({ delivery: defaultDelivery });
    given([createdLongAgo]).when(replace({})).thenNothing();
    given([createdLongAgo, changedTo({ name: 'Invoices', delivery: undefined })])
      .when(replace({ name: 'Invoices' }))
      .thenNothing();
  });
});

describe('a webhook that goes on when a delivery is exhausted', () => {
  const disable = (by: 'exhausted' | 'gone' | 'admin') => new DisableWebhook({ ...here, by, epoch: 0 }, metadata);
  const after = given([createdWith({ onExhausted: 'continue' })]);

  it('stays enabled', () => after.when(disable('exhausted')).thenNothing());

  it.each(['gone', 'admin'] as const)('is disabled by %s all the same', (by) =>
    after.when(disable(by)).then([disabled(by, 1)]),
  );

  it('is what its settings say at that moment', () =>
    given([created, changedTo({ delivery: { ...defaultDelivery, onExhausted: 'continue' } })])
      .when(disable('exhausted'))
      .thenNothing());
});

describe('enabling a strictly ordered webhook', () => {
  const undecided = /strictly ordered.*enable.*release.*cancel/s;

  it.each(['admin', 'exhausted', 'gone', 'expired'] as const)(
    'that was disabled by %s needs a decision about what it holds',
    (by) =>
      given([ordered, disabled(by, 1)])
        .when(enable())
        .thenRefused('conflict', undecided),
  );

  it('releases what it holds', () =>
    given([ordered, disabled('exhausted', 1)])
      .when(enable('release'))
      .then([enabled(2, 'release')]));

  it('cancels what it holds, before anything new is owed', () =>
    given([ordered, disabled('exhausted', 1)])
      .when(enable('cancel'))
      .then([heldCancelled(1, 1), enabled(2)]));

  it('needs no decision if it was made disabled, and has held nothing since', () => {
    given([orderedDisabled])
      .when(enable())
      .then([enabled(2)]);
    given([orderedDisabled])
      .when(enable('cancel'))
      .then([enabled(2)]);
    given([orderedDisabled, enabled(2), disabled('exhausted', 3)])
      .when(enable())
      .thenRefused('conflict');
  });

  it('needs none if an admin has switched it off and all was cancelled', () =>
    given([ordered, disabled('admin', 1), heldCancelled(1, 3)])
      .when(enable())
      .then([enabled(4)]));

  it('needs one for what was held since all was cancelled', () =>
    given([ordered, disabled('exhausted', 1), heldCancelled(1, 3)])
      .when(enable())
      .thenRefused('conflict'));

  it('needs another one each time', () => {
    for (const decided of [[enabled(2, 'release')], [heldCancelled(1, 1), enabled(2)]])
      given([ordered, disabled('exhausted', 1), ...decided, disabled('exhausted', 3)])
        .when(enable())
        .thenRefused('conflict');
  });

  it.each([undefined, 'release', 'cancel'] as const)('that is enabled changes nothing: %s', (held) => {
    given([ordered]).when(enable(held)).thenNothing();
    given([ordered, disabled('exhausted', 1), enabled(2, 'release')])
      .when(enable(held))
      .thenNothing();
    given([ordered, disabled('exhausted', 1), heldCancelled(1, 1), enabled(2)])
      .when(enable(held))
      .thenNothing();
  });

  it('cannot be done by replacing it, unless it holds nothing', () => {
    const { delivery } = ordered.data;
    const toOrdered = replace({ delivery: { ...body.delivery, strictOrder: true } });
    given([ordered, disabled('exhausted', 1)])
      .when(replace({ delivery: undefined }))
      .thenRefused('conflict', undecided);
    given([created, disabled('exhausted', 1)])
      .when(toOrdered)
      .thenRefused('conflict', undecided);
    given([createdDisabled])
      .when(toOrdered)
      .then([changedTo({ delivery }), enabled(2)]);
  });

  it('can be done by replacing it with one that is not', () =>
    given([ordered, disabled('exhausted', 1)])
      .when(replace({ delivery: body.delivery }))
      .then([changedTo({}), enabled(2)]));
});

describe('enabling a webhook that is not strictly ordered', () => {
  const after = given([created, disabled('exhausted', 1)]);

  it('leaves held what it holds', () => after.when(enable()).then([enabled(2)]));

  it('cancels it on demand', () => after.when(enable('cancel')).then([heldCancelled(1, 1), enabled(2)]));

  it('cancels what was left held when it is enabled already', () =>
    given([created, disabled('exhausted', 1), enabled(2)])
      .when(enable('cancel'))
      .then([heldCancelled(1, 2)]));

  it('cannot release it', () => {
    after.when(enable('release')).thenRefused('invalid', /held/);
    given([created]).when(enable('release')).thenRefused('invalid', /held/);
  });
});

describe('cancelling what a strictly ordered webhook holds', () => {
  const released = [ordered, disabled('exhausted', 1), enabled(2, 'release')];
  const unordered: DeliverySettings = defaultDelivery;

  it('leaves alone what was released, and is yet to be sent', () => {
    given(released).when(cancelHeld).thenNothing();
    const renamed = changedTo({ name: 'Invoices', delivery: ordered.data.delivery });
    given([...released, renamed])
      .when(cancelHeld)
      .thenNothing();
  });

  it('cancels that once the webhook is no longer strictly ordered, and holds it again', () =>
    given([...released, changedTo({ delivery: unordered })])
      .when(cancelHeld)
      .then([heldCancelled(1, 2)]));

  it('cancels what it held before it was strictly ordered', () =>
    given([created, disabled('exhausted', 1), enabled(2), changedTo({ delivery: ordered.data.delivery })])
      .when(cancelHeld)
      .then([heldCancelled(1, 2)]));
});
