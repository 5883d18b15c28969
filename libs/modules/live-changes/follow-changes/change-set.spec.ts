import { describe, expect, it } from '@jest/globals';
import { ChangeSet } from './change-set.ts';
import type { AnyEvent } from './changes-of.ts';
import { callerOf, delivered, event } from './testing/events.ts';

const setOf = (...events: AnyEvent[]): ChangeSet => {
  const set = new ChangeSet();
  events.forEach((each) => set.add(each));
  return set;
};
const messageIn = (set: ChangeSet, caller = callerOf(), workspaceId?: string) =>
  set.messageFor({ caller, workspaceId });
const changed = (webhookId: string, workspaceId = 'shop') =>
  event(`webhook-${webhookId}`, 'WebhookChanged', { webhookId, workspaceId });
const released = event('webhookVersion-v', 'VersionReleased', {});

describe('what has changed', () => {
  it('is each thing once, however often it changed', () => {
    expect(messageIn(setOf(changed('w-1'), changed('w-1'), changed('w-2')))).toEqual({
      ...{ webhooks: ['w-1', 'w-2'], deliveries: [], redeliveries: [] },
      lists: ['activity'],
    });
  });

  it('has a count of deliveries by webhook, and the last twenty of them, the last first', () => {
    const events = Array.from({ length: 5_000 }, (_, n) => delivered('w-1', `d-${n}`));
    expect(messageIn(setOf(...events, delivered('w-1', 'd-4990')))).toMatchObject({
      deliveries: [
        {
          ...{ webhookId: 'w-1', count: 5_001 },
          ids: ['d-4990', ...[4999, 4998, 4997, 4996, 4995, 4994, 4993, 4992, 4991].map((n) => `d-${n}`)].concat(
            [4989, 4988, 4987, 4986, 4985, 4984, 4983, 4982, 4981].map((n) => `d-${n}`),
          ),
        },
      ],
    });
  });

  it('is everything when it is too much to name', () => {
    const events = (count: number) => Array.from({ length: count }, (_, n) => delivered(`w-${n}`, `d-${n}`));
    expect(messageIn(setOf(...events(200)))).toMatchObject({ lists: [] });
    expect(messageIn(setOf(...events(201)))).toBe('too-much');
    expect(messageIn(setOf(...events(201), changed('w', 'other')), callerOf(['other']))).toMatchObject({
      webhooks: ['w'],
    });
  });

  it('knows how far the documents must be', () => {
    const [first, second, third] = [changed('w-1'), delivered('w-1', 'd-1'), changed('w-1')];
    const set = setOf(first, second, third);
    expect(set.position).toBe(third.position);
    expect([...set.positions]).toEqual([
      ['webhook', third.position],
      ['delivery', second.position],
    ]);
  });

  it('is merged with what was collected before', () => {
    const [before, since] = [
      [changed('w-1'), delivered('w-1', 'd-1')],
      [delivered('w-1', 'd-2'), changed('w-2')],
    ];
    const merged = setOf(...since);
    merged.absorb(setOf(...before));
    const whole = setOf(...before, ...since);
    expect(merged.position).toBe(whole.position);
    expect(messageIn(merged)).toMatchObject({
      webhooks: expect.arrayContaining(['w-1', 'w-2']),
      deliveries: [{ webhookId: 'w-1', count: 2, ids: ['d-2', 'd-1'] }],
    });
  });
});

describe('a caller is told', () => {
  const everywhere = setOf(changed('here'), delivered('here', 'd-1'), changed('there', 'other'), released);

  it('of what it reaches alone', () => {
    expect(messageIn(everywhere, callerOf(['shop']))).toMatchObject({
      webhooks: ['here'],
      lists: ['activity', 'versions'],
    });
    expect(messageIn(setOf(changed('there', 'other')), callerOf(['shop']))).toBeUndefined();
  });

  it('of the workspace it looks at alone, and of the tree of workspaces wherever it looks', () => {
    expect(messageIn(everywhere, callerOf(), 'other')).toMatchObject({ webhooks: ['there'], deliveries: [] });
    const renamed = (workspaceId: string) => event('workspace-x', 'WorkspaceSettingsChanged', { workspaceId });
    expect(messageIn(setOf(renamed('shop')), callerOf(), 'other')).toMatchObject({ lists: ['workspaces'] });
    expect(messageIn(setOf(renamed('shop')), callerOf(['other']), 'other')).toBeUndefined();
  });

  it('of what its scopes let it read alone', () => {
    expect(messageIn(everywhere, callerOf(undefined, ['webhooks:read']))).toEqual({
      ...{ webhooks: ['here', 'there'], deliveries: [], redeliveries: [], lists: [] },
    });
  });

  it("of the installation's audit trail as one of the root that looks everywhere", () => {
    expect(messageIn(setOf(released))).toMatchObject({ lists: ['versions', 'activity'] });
    expect(messageIn(setOf(released), callerOf(), 'shop')).toMatchObject({ lists: ['versions'] });
    expect(messageIn(setOf(released), callerOf(['shop']))).toMatchObject({ lists: ['versions'] });
  });
});

it('what concerned callers still does when it is merged', () => {
  const merged = new ChangeSet();
  merged.absorb(setOf(event('session-s', 'SessionEnded', {})));
  expect([merged.isEmpty, merged.concernsCallers]).toEqual([false, true]);
});

it('concerns callers themselves when a client, a user, a session, a link or the tree has changed', () => {
  expect(setOf(changed('w-1')).concernsCallers).toBe(false);
  for (const stream of ['apiClient-c', 'user-u', 'session-s', 'consoleLink-l', 'workspace-w'])
    expect(setOf(event(stream, 'Happened', { workspaceId: 'shop' })).concernsCallers).toBe(true);
});
