import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { ancestorsOf, isWithin } from './workspace-tree.ts';
import type { WorkspaceEvent, WorkspaceSettings } from './workspace.events.ts';
import { workspaces } from './workspaces.projection.ts';

const settings: WorkspaceSettings = {
  type: 'regular',
  companyName: 'Company',
  displayName: 'Company',
  domain: '',
  adminEmails: '',
  notificationLevel: 'all',
};
const registered = (workspaceId: string, parentWorkspaceId: string | null, changes: object = {}): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: { workspaceId, parentWorkspaceId, ...settings, ...changes },
});
const moved = (workspaceId: string, parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});
const fold = (events: readonly WorkspaceEvent[]) =>
  projecting(
    workspaces,
    record(events, (event) => `workspace-${event.data.workspaceId}`),
  );
const family = [registered('root', null), registered('a', 'root'), registered('b', 'a')];

describe('the workspaces', () => {
  it('show their settings and their place, as of the newest event', () => {
    const changed = { ...settings, displayName: 'Renamed' };
    fold([
      ...family,
      { type: 'WorkspaceSettingsChanged', data: { workspaceId: 'b', ...changed } },
      moved('b', 'root'),
    ]).then({
      a: { parentWorkspaceId: 'root', revision: 0 },
      b: { ...changed, parentWorkspaceId: 'root', revision: 2 },
    });
  });

  it('stay as they were first registered', () => {
    fold([...family, registered('b', 'root')]).then({ b: { parentWorkspaceId: 'a', revision: 0 } });
  });
});

describe('a workspace as a location', () => {
  const location = { businessId: 7, secret: 'sealed' };
  const opened: WorkspaceEvent = { type: 'LocationOpened', data: { workspaceId: 'a', ...location } };
  const rotated: WorkspaceEvent = {
    type: 'WorkspaceSecretRotated',
    data: { workspaceId: 'a', secret: 'another' },
  };

  it('is none until it is opened', () => {
    fold(family).then({ a: { businessId: null, secret: null } });
    fold([...family, opened]).then({ a: { ...location, revision: 1 }, b: { businessId: null } });
  });

  it('may be one from its registration on', () => {
    const { documents } = fold([registered('root', null), registered('a', 'root', { location })]);
    expect(documents['a']).toEqual({
      workspaceId: 'a',
      parentWorkspaceId: 'root',
      ...settings,
      ...location,
      previousSecret: null,
      revision: 0,
    });
  });

  it('has the one before, too, until its end, which another rotation brings about at once', () => {
    const until = (secret: string, previous: string): WorkspaceEvent => ({
      type: 'WorkspaceSecretRotated',
      data: { workspaceId: 'a', secret, previous, previousUntil: 9 },
    });
    const [one, two] = [until('one', 'sealed'), until('two', 'one')];
    fold([...family, opened]).then({ a: { previousSecret: null } });
    fold([...family, opened, one]).then({ a: { secret: 'one', previousSecret: { secret: 'sealed', until: 9 } } });
    fold([...family, opened, one, two]).then({ a: { secret: 'two', previousSecret: { secret: 'one', until: 9 } } });
    fold([...family, opened, one, rotated]).then({ a: { secret: 'another', previousSecret: null } });
  });

  it('has the secret it was given last, and stays where it is in the tree', () => {
    fold([...family, opened, moved('a', 'b'), rotated]).then({
      a: { businessId: 7, secret: 'another', parentWorkspaceId: 'root', revision: 3 },
    });
  });
});

describe('a move under a descendant', () => {
  it('changes nothing but the revision', () => {
    fold([...family, moved('a', 'b')]).then({ a: { parentWorkspaceId: 'root', revision: 1 } });
  });

  it('counts if the descendant had moved away before', () => {
    fold([...family, moved('b', 'root'), moved('a', 'b')]).then({ a: { parentWorkspaceId: 'b' } });
  });

  it('stays where it was once it is recorded as ignored', () => {
    const event: WorkspaceEvent = {
      type: 'WorkspaceMoveIgnored',
      data: { workspaceId: 'a', parentWorkspaceId: 'b', movedRevision: 1 },
    };
    fold([...family, moved('a', 'b'), event]).then({ a: { parentWorkspaceId: 'root', revision: 2 } });
  });
});

describe('any moves, in whatever order they become durable', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const family = [registered('root', null), ...ids.map((id, i) => registered(id, ids[i - 1] ?? 'root'))];
  const moves = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom('root', ...ids)), { maxLength: 20 });
  const orders = moves.chain((made) =>
    fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length })),
  );

  it('never close a loop: every workspace stays within the root', () => {
    fc.assert(
      fc.property(orders, (bothOrders) => {
        for (const order of bothOrders) {
          const { documents } = fold([...family, ...order.map(([id, parent]) => moved(id, parent))]);
          const parentOf = (id: string) => documents[id]?.parentWorkspaceId;
          for (const id of ids) {
            expect(isWithin(id, 'root', parentOf)).toBe(true);
            expect(ancestorsOf(id, parentOf).every((ancestor) => !isWithin(ancestor, id, parentOf))).toBe(true);
          }
        }
      }),
    );
  });
});
