import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import type { WorkspaceEvent } from '../../identity/contract.ts';
import type { WebhookVersionEvent } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import type { PlatformEvent } from '../platform-event/platform-event.events.ts';
import { fanOut, PART_SIZE, routing } from './fan-out.saga.ts';
import type { RecordFanOut } from './fan-out.commands.ts';

type Source = WorkspaceEvent | WebhookEvent | WebhookVersionEvent | PlatformEvent;

const settings = {
  type: 'channel',
  companyName: 'c',
  displayName: 'c',
  domain: '',
  adminEmails: '',
  notificationLevel: 'all',
} as const;
const workspace = (workspaceId: string, parentWorkspaceId: string | null): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: { workspaceId, parentWorkspaceId, ...settings },
});
const moved = (workspaceId: string, parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});
const configuration = { name: '', description: '', url: 'https://x.example', secret: 's', headers: {} };
const webhook = (
  webhookId: string,
  workspaceId: string,
  changes: Partial<Extract<WebhookEvent, { type: 'WebhookCreated' }>['data']> = {},
): WebhookEvent => ({
  type: 'WebhookCreated',
  data: {
    webhookId,
    workspaceId,
    ...configuration,
    applyToAllDescendants: true,
    triggers: ['created'],
    status: 'enabled',
    epoch: 0,
    testId: 't',
    ...changes,
  },
});
const disabled = (by: 'admin' | 'exhausted' | 'gone' | 'expired'): WebhookEvent => ({
  type: 'WebhookDisabled',
  data: { webhookId: 'hook', workspaceId: 'a', by, epoch: 1 },
});
const received = (workspaceId: string, type = 'created', version?: string): PlatformEvent => ({
  type: 'PlatformEventReceived',
  data: { eventId: 'evt', type, workspaceId, timestamp: 0, data: {}, digest: 'd', version },
});
const released = (version: string): WebhookVersionEvent => ({
  type: 'VersionReleased',
  data: { version, notes: '', triggers: {}, supersedes: null },
});

const streamOf = (event: Source): string => {
  if (event.type === 'PlatformEventReceived' || event.type === 'EventFannedOut')
    return `platformEvent-${event.data.eventId}`;
  if ('webhookId' in event.data) return `webhook-${event.data.webhookId}`;
  return 'workspaceId' in event.data ? `workspace-${event.data.workspaceId}` : 'webhookVersion-releases';
};

/** To whom the last event of the history is owed. */
function owed(history: Source[]): RecordFanOut['data']['deliveries'] {
  const events = record(history, streamOf);
  const last = events.at(-1) as Recorded<Source>;
  const documents = reactTo(events.slice(0, -1));
  return fanOut.react(last, documents).flatMap((command) => (command as RecordFanOut).data.deliveries);
}

function reactTo(history: readonly Recorded<Source>[]) {
  const documents = new Map<string, object>();
  const view = {
    get: (id: string) => documents.get(id) as never,
    where: (field: string, value: unknown) =>
      [...documents.values()].filter((d) => (d as Record<string, unknown>)[field] === value) as never,
  };
  for (const event of history) {
    for (const key of fanOut.documents?.keys(event) ?? []) {
      const document = fanOut.documents?.fold(documents.get(key) as never, event, key, view);
      if (document) documents.set(key, document);
    }
  }
  return view;
}

const tree = [
  workspace('root', null),
  workspace('a', 'root'),
  workspace('b', 'a'),
  workspace('c', 'b'),
  workspace('sibling', 'a'),
];
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

describe('the version a delivery is owed in', () => {
  const [SECOND, THIRD] = ['2026-02-01', '2026-03-01'];
  const versions = [released(FIRST_VERSION), released(SECOND), released(THIRD)];
  const owedIn = (on: string | undefined, fits: string | undefined, ...meanwhile: WebhookEvent[]) =>
    owed([
      ...tree,
      ...versions,
      webhook('hook', 'a', { version: on }),
      ...meanwhile,
      received('a', 'created', fits),
    ]).map(({ version }) => version);
  const change = (version?: string): WebhookEvent => ({
    type: 'WebhookChanged',
    data: {
      webhookId: 'hook',
      workspaceId: 'a',
      ...configuration,
      applyToAllDescendants: true,
      triggers: ['created'],
      version,
    },
  });

  it('is that of the webhook, however many versions it is behind', () => {
    expect(owedIn(SECOND, THIRD)).toEqual([SECOND]);
    expect(owedIn(FIRST_VERSION, THIRD)).toEqual([FIRST_VERSION]);
    expect(owedIn(THIRD, THIRD)).toEqual([THIRD]);
  });

  it('is that of the event if the webhook is newer', () => expect(owedIn(THIRD, SECOND)).toEqual([SECOND]));

  it('is the first where webhook or event are older than versions', () => {
    expect(owedIn(undefined, THIRD)).toEqual([FIRST_VERSION]);
    expect(owedIn(THIRD, undefined)).toEqual([FIRST_VERSION]);
  });

  it('is the one the webhook was moved to; a change of something else moves nothing', () => {
    expect(owedIn(FIRST_VERSION, THIRD, change(SECOND))).toEqual([SECOND]);
    expect(owedIn(SECOND, THIRD, change())).toEqual([SECOND]);
  });

  it('is told to who renders the alert, with the version of the event', () => {
    const events = record<Source>(
      [...tree, ...versions, webhook('hook', 'a'), received('a', 'created', THIRD)],
      streamOf,
    );
    const [command] = fanOut.react(events.at(-1) as Recorded<Source>, reactTo(events.slice(0, -1))) as RecordFanOut[];
    expect(command?.data.alert.version).toBe(THIRD);
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
