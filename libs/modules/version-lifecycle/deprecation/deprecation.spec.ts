import { describe, expect, it } from '@jest/globals';
import { derivedId } from '../../../platform/kernel/index.ts';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import { deprecationDocuments } from './deprecation.projection.ts';
import { deprecation } from './deprecation.saga.ts';
import { after, begin, disabling, draft, listed, notice, V1, V2, V3 } from './testing/commands.ts';
import {
  calendar,
  changed,
  expired,
  history,
  moved,
  reached,
  released,
  resettled,
  webhook,
  workspace,
} from './testing/history.ts';

describe('the announcement of an expiration date', () => {
  it('is owed to the admins of the workspace and of its parent, and grows stale with the reminder', () => {
    after(...begin, webhook('a', 'shop'), reached('announcement', V1, V2)).then([
      notice('announcement', 'ann@acme.example'),
      notice('announcement', 'root@acme.example', { workspaceId: 'root' }),
    ]);
  });

  it('of a date that was postponed by little grows stale with what of the calendar is still to come', () => {
    const owedBy = (dates: object, staleAt: number) =>
      after(...begin, webhook('a', 'shop'), reached('announcement', V1, V2, dates)).then([
        notice('announcement', 'ann@acme.example', { staleAt }),
        notice('announcement', 'root@acme.example', { staleAt, workspaceId: 'root' }),
      ]);
    owedBy({ announceAt: 160 }, calendar.popupAt);
    owedBy({ announceAt: 175 }, calendar.expiresAt);
    owedBy({ announceAt: calendar.remindAt }, calendar.popupAt);
  });

  it('is another mail for another date', () => {
    const later = { expiresAt: 200 };
    after(...begin, webhook('a', 'shop'), reached('announcement', V1, V2), reached('announcement', V1, V2, later)).then(
      [
        notice('announcement', 'ann@acme.example', {}, 200),
        notice('announcement', 'root@acme.example', { workspaceId: 'root' }, 200),
      ],
    );
  });

  it('is owed to nobody once a later milestone has overtaken it', () =>
    after(...begin, webhook('a', 'shop'), reached('announcement', V1, V2, { overtaken: true })).thenNothing());

  it('is owed to nobody without webhooks on the version', () =>
    after(
      ...begin,
      webhook('other', 'shop', V2),
      changed('other', 'shop'),
      webhook('moved', 'shop', V1),
      changed('moved', 'shop', V2),
      webhook('gone', 'shop'),
      { type: 'WebhookRemoved', data: { webhookId: 'gone', workspaceId: 'shop' } },
      reached('announcement', V1, V2),
    ).thenNothing());

  it('goes by what webhooks and workspaces are at that event', () => {
    after(
      ...begin,
      webhook('a', 'shop'),
      changed('a', 'shop'),
      resettled('shop', { displayName: 'Corner shop', adminEmails: 'bob@acme.example', notificationLevel: 'all' }),
      workspace('house', 'root', { adminEmails: '' }),
      moved('shop', 'house'),
      reached('announcement', V1, V2),
    ).then([
      notice('announcement', 'bob@acme.example', {
        webhooks: [{ ...listed('a', 'shop', 'New a'), workspaceName: 'Corner shop' }],
      }),
    ]);
  });

  it('leaves out a move that would have closed a loop', () => {
    after(
      ...begin,
      workspace('stall', 'shop', { notificationLevel: 'parent' }),
      webhook('a', 'stall'),
      moved('shop', 'stall'),
      reached('announcement', V1, V2),
    ).then([notice('announcement', 'ann@acme.example', { webhooks: [listed('a', 'stall')], workspaceIds: ['stall'] })]);
  });
});

describe('the reminder', () => {
  it('comes with a draft on the newest version for each webhook that has not moved', () => {
    after(
      ...begin,
      released(V3, V2),
      webhook('a', 'shop'),
      webhook('early', 'shop'),
      changed('early', 'shop', V2),
      reached('reminder', V1, V3),
    ).then([
      notice('reminder', 'ann@acme.example', { newest: V3, staleAt: calendar.popupAt }),
      notice('reminder', 'root@acme.example', { newest: V3, staleAt: calendar.popupAt, workspaceId: 'root' }),
      draft('a', { target: V3 }),
    ]);
  });

  it('that is overtaken is not mailed, and makes the drafts all the same', () =>
    after(...begin, webhook('a', 'shop'), reached('reminder', V1, V2, { overtaken: true })).then([draft('a')]));

  it('is for webhooks that are disabled, too: they would have to move as well', () => {
    const off = { webhookId: 'a', workspaceId: 'shop', by: 'admin', epoch: 1 } as const;
    after(
      ...begin,
      webhook('a', 'shop'),
      { type: 'WebhookDisabled', data: off },
      reached('reminder', V1, V2, { overtaken: true }),
    ).then([draft('a')]);
  });
});

describe('the pop-up', () => {
  const popup = (workspaceId: string, user: string, ...ids: string[]) => ({
    type: 'RaiseNotification',
    data: {
      notificationId: derivedId('notification', V1, calendar.expiresAt, workspaceId, user.toLowerCase()),
      workspaceId,
      version: V1,
      newest: V2,
      expiresAt: calendar.expiresAt,
      disableAt: calendar.disableAt,
      user,
      webhooks: ids.map((webhookId) => ({ webhookId, name: `Hook ${webhookId}` })),
      webhookCount: ids.length,
    },
  });

  it('is one for each admin of each workspace with affected webhooks, whoever is mailed', () => {
    const adminEmails = 'Bob@acme.example, ann@acme.example,bob@acme.example';
    after(
      ...begin,
      workspace('stall', 'shop', { adminEmails, notificationLevel: 'none' }),
      workspace('empty', 'shop', { adminEmails }),
      webhook('c', 'shop'),
      webhook('a', 'stall'),
      webhook('b', 'stall'),
      reached('popup', V1, V2),
    ).then([
      popup('shop', 'ann@acme.example', 'c'),
      popup('stall', 'Bob@acme.example', 'a', 'b'),
      popup('stall', 'ann@acme.example', 'a', 'b'),
    ]);
  });

  it('lists the first 50 webhooks, and how many there are', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `hook${n + 10}`);
    const { before, last } = history(
      ...begin,
      ...[...ids].reverse().map((id) => webhook(id, 'shop')),
      reached('popup', V1, V2),
    );
    const shown = popup('shop', 'ann@acme.example', ...ids.slice(0, 50));
    reacting(deprecation)
      .given(before)
      .when(last)
      .then([{ ...shown, data: { ...shown.data, webhookCount: 60 } }]);
  });

  it('that is overtaken is shown to nobody', () =>
    after(...begin, webhook('a', 'shop'), reached('popup', V1, V2, { overtaken: true })).thenNothing());
});

it('is nothing to a webhook that is numbered', () => {
  const numbered = { webhookId: 'a', workspaceId: 'shop', businessId: 1_001, number: 7 };
  after(...begin, webhook('a', 'shop'), { type: 'WebhookNumbered', data: numbered }).thenNothing();
  expect(deprecationDocuments.keys(history({ type: 'WebhookNumbered', data: numbered }).last)).toEqual([]);
});

describe('an expired version', () => {
  it('takes the webhooks that are still on it along', () =>
    after(...begin, webhook('a', 'shop'), webhook('b', 'shop'), webhook('c', 'shop', V2), expired(V1)).then([
      disabling('a'),
      disabling('b'),
    ]));
});

it('remembers the same after its history was replayed', () => {
  const { before, last } = history(...begin, webhook('a', 'shop'), changed('a', 'shop', V2), moved('root', 'shop'));
  projecting(deprecationDocuments, [...before, last]).then({
    'workspace:root': expect.objectContaining({ parent: null }),
    'workspace:shop': expect.objectContaining({ parent: 'root' }),
    'webhook:a': expect.objectContaining({ name: 'New a', pinnedTo: V2 }),
    [`version:${V1}`]: { name: V1, restores: null, announced: null },
    [`version:${V2}`]: { name: V2, restores: null, announced: null },
  });
});
