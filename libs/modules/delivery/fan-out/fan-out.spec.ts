import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import type { WorkspaceEvent } from '../../identity/contract.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import type { RecordFanOut } from './fan-out.commands.ts';
import { fanOut, PART_SIZE, routing } from './fan-out.saga.ts';
import {
  configuration,
  moved,
  owed,
  reactTo,
  received,
  streamOf,
  tree,
  webhook,
  workspace,
  type Source,
} from './testing/owed.ts';

const disabled = (by: 'admin' | 'exhausted' | 'gone' | 'expired'): WebhookEvent => ({
  type: 'WebhookDisabled',
  data: { webhookId: 'hook', workspaceId: 'a', by, epoch: 1 },
});
const levels = ['root', 'a', 'b', 'c'];

describe('in a tree of four levels', () => {
  const combinations = levels.flatMap((of) => levels.flatMap((at) => [true, false].map((all) => ({ of, at, all }))));

  it.each(combinations)('a webhook of $of (all descendants: $all) and an event of $at', ({ of, at, all }) => {
    const depth = levels.indexOf(at) - levels.indexOf(of);
    const expected = depth === 0 || (depth > 0 && all);
    expect(owed([...tree, webhook('hook', of, { applyToAllDescendants: all }), received(at)])).toEqual(
      expected ? [{ webhookId: 'hook', workspaceId: of, epoch: 0, version: FIRST_VERSION }] : [],
    );
  });

  it('every listening webhook on the way to the root is owed the event, each once', () => {
    const hooks = levels.flatMap((of) => [
      webhook(`${of}-all`, of),
      webhook(`${of}-own`, of, { applyToAllDescendants: false }),
    ]);
    const ids = owed([...tree, ...hooks, received('c')]).map(({ webhookId }) => webhookId);
    expect([...ids].sort()).toEqual(['a-all', 'b-all', 'c-all', 'c-own', 'root-all']);
  });

  it('a branch hears nothing of another', () => {
    expect(owed([...tree, webhook('hook', 'sibling'), received('c')])).toEqual([]);
  });
});

describe('an event', () => {
  it('is owed only to webhooks that listen to its trigger', () => {
    expect(owed([...tree, webhook('hook', 'a', { triggers: ['other'] }), received('a')])).toEqual([]);
  });

  it('of a new workspace is matched against the tree that has it', () => {
    expect(owed([...tree, webhook('hook', 'a'), workspace('new', 'b'), received('new')])).toHaveLength(1);
  });

  it('is treated by its position: what a webhook becomes later does not count', () => {
    const change: WebhookEvent = {
      type: 'WebhookChanged',
      data: { webhookId: 'hook', workspaceId: 'a', ...configuration, applyToAllDescendants: true, triggers: ['other'] },
    };
    const removed: WebhookEvent = { type: 'WebhookRemoved', data: { webhookId: 'hook', workspaceId: 'a' } };
    expect(owed([...tree, webhook('hook', 'a'), received('a')])).toHaveLength(1);
    expect(owed([...tree, webhook('hook', 'a'), change, received('a')])).toEqual([]);
    expect(owed([...tree, webhook('hook', 'a'), removed, received('a')])).toEqual([]);
  });

  it('of a webhook of a location is owed as any other', () => {
    const inLocation = webhook('hook', 'a', { dialect: 'location', secret: null, businessId: 1, number: 2 });
    expect(owed([...tree, inLocation, received('a')])).toEqual(owed([...tree, webhook('hook', 'a'), received('a')]));
  });

  it.each<WebhookEvent | WorkspaceEvent>([
    { type: 'WebhookNumbered', data: { webhookId: 'hook', workspaceId: 'a', businessId: 1, number: 2 } },
    { type: 'LocationOpened', data: { workspaceId: 'a', businessId: 1, secret: 's' } },
    { type: 'WorkspaceSecretRotated', data: { workspaceId: 'a', secret: 's' } },
  ])('is owed to the same after a $type, which is of no interest', (event) => {
    const before = [...tree, webhook('hook', 'a')];
    expect(owed([...before, event, received('a')])).toEqual(owed([...before, received('a')]));
    expect(record<Source>([event], streamOf).flatMap((recorded) => routing.keys(recorded))).toEqual([]);
  });

  it.each([
    ['admin', 0],
    ['expired', 0],
    ['exhausted', 1],
    ['gone', 1],
  ] as const)('published while the webhook is disabled by %s is owed to %i', (by, count) => {
    const deliveries = owed([...tree, webhook('hook', 'a'), disabled(by), received('a')]);
    expect(deliveries).toHaveLength(count);
    if (count > 0) expect(deliveries[0]?.epoch).toBe(1);
  });

  it('is not owed to a webhook made disabled, until it is enabled', () => {
    const off = webhook('hook', 'a', { status: 'disabled', epoch: 1 });
    const enabled: WebhookEvent = { type: 'WebhookEnabled', data: { webhookId: 'hook', workspaceId: 'a', epoch: 2 } };
    expect(owed([...tree, off, received('a')])).toEqual([]);
    expect(owed([...tree, off, enabled, received('a')])).toMatchObject([{ epoch: 2 }]);
  });
});

describe('a workspace that moves', () => {
  it('is heard by its new ancestors from then on, and by its old ones no more', () => {
    const hooks = [webhook('old', 'b'), webhook('new', 'sibling')];
    expect(owed([...tree, ...hooks, moved('c', 'sibling'), received('c')]).map((o) => o.webhookId)).toEqual(['new']);
  });

  it('under its own descendant stays where it is', () => {
    expect(owed([...tree, webhook('hook', 'root'), moved('a', 'c'), received('c')])).toHaveLength(1);
  });
});

describe('a very large fan-out', () => {
  it('is recorded in parts, each under its own number', () => {
    const hooks = Array.from({ length: PART_SIZE + 1 }, (_, n) => webhook(`hook-${n}`, 'a'));
    const events = record([...tree, ...hooks, received('a')], streamOf);
    const commands = fanOut.react(events.at(-1) as Recorded<Source>, reactTo(events.slice(0, -1))) as RecordFanOut[];
    expect(commands.map(({ data }) => [data.part, data.deliveries.length])).toEqual([
      [0, PART_SIZE],
      [1, 1],
    ]);
  });

  it('of nobody is not recorded at all', () => {
    const events = record<Source>([...tree, received('a')], streamOf);
    reacting(fanOut)
      .given(events.slice(0, -1))
      .when(events.at(-1) as Recorded<Source>)
      .thenNothing();
  });
});
