import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin } from '../../identity/contract.ts';
import type { AffectedWebhook } from '../notice/notice.events.ts';
import { recipientsOf, type WorkspaceNode } from './recipients.ts';

type Tree = Record<string, WorkspaceNode>;

const node = (parent: string | null, adminEmails: string, changes: Partial<WorkspaceNode> = {}): WorkspaceNode => ({
  parent,
  adminEmails,
  displayName: '',
  notificationLevel: 'all',
  ...changes,
});
const hook = (webhookId: string, workspaceId: string): AffectedWebhook => ({
  webhookId,
  workspaceId,
  name: webhookId,
  url: 'https://receiver.example',
  workspaceName: workspaceId,
});
const told = (tree: Tree, ...webhooks: AffectedWebhook[]) =>
  recipientsOf(webhooks, (id) => tree[id]).map(({ address, workspaceId, webhooks: of }) => [
    address,
    workspaceId,
    of.map(({ webhookId }) => webhookId).join(),
  ]);

describe('those who are told of webhooks', () => {
  it.each([
    ['none', []],
    ['parent', [['parent@x', 'parent', 'a']]],
    [
      'all',
      [
        ['own@x', 'own', 'a'],
        ['parent@x', 'parent', 'a'],
      ],
    ],
  ] as const)('are the admins that the level %s says', (notificationLevel, expected) => {
    const tree = {
      root: node(null, 'root@x'),
      parent: node('root', 'parent@x'),
      own: node('parent', 'own@x', { notificationLevel }),
    };
    expect(told(tree, hook('a', 'own'))).toEqual(expected);
  });

  it('get one mail, in whatever case and at however many levels their address is written', () => {
    const tree = { root: node(null, 'Ann@X, bob@x'), own: node('root', 'ann@x,,ANN@x ,bob@x') };
    expect(told(tree, hook('a', 'own'))).toEqual([
      ['ann@x', 'root', 'a'],
      ['bob@x', 'root', 'a'],
    ]);
  });

  it('get it in the nearest workspace that contains all that it lists', () => {
    const tree = {
      root: node(null, ''),
      branch: node('root', ''),
      left: node('branch', 'ann@x,left@x'),
      right: node('branch', 'ann@x'),
      far: node('root', 'far@x'),
    };
    expect(told(tree, hook('a', 'left'), hook('b', 'right'), hook('c', 'far'))).toEqual([
      ['far@x', 'far', 'c'],
      ['ann@x', 'branch', 'a,b'],
      ['left@x', 'left', 'a'],
    ]);
  });

  it('get it in the topmost of workspaces that are below each other, however many there are', () => {
    // The deepest is the first by name, which leaves the longest way up.
    const ids = Array.from({ length: 2_000 }, (_, depth) => `w${9_999 - depth}`);
    const tree = Object.fromEntries(ids.map((id, depth) => [id, node(ids[depth - 1] ?? null, 'ann@x')]));
    const mails = (below: readonly string[]) =>
      recipientsOf(
        below.map((id) => hook(id, id)),
        (id) => tree[id],
      ).map(({ workspaceId, webhookCount }) => [workspaceId, webhookCount]);
    expect(mails(ids)).toEqual([['w9999', 2_000]]);
    expect(mails(ids.slice(1_500))).toEqual([['w8500', 500]]);
  });

  it('get it at the root of the first, should nothing contain all that it lists', () => {
    const tree = { one: node(null, ''), own: node('one', 'ann@x'), two: node(null, 'ann@x') };
    expect(told(tree, hook('a', 'own'), hook('b', 'two'))).toEqual([['ann@x', 'one', 'a,b']]);
  });

  it('are listed the first 50, and told how many there are', () => {
    const ids = Array.from({ length: 73 }, (_, n) => `hook ${String(n).padStart(2, '0')}`);
    const tree = { root: node(null, 'ann@x') };
    const [mail] = recipientsOf(
      [...ids].reverse().map((id) => hook(id, 'root')),
      (id) => tree[id as 'root'],
    );
    expect(mail?.webhookCount).toBe(73);
    expect(mail?.webhooks.map(({ webhookId }) => webhookId)).toEqual(ids.slice(0, 50));
  });

  it('are told of workspaces beyond those that are listed, of each once, up to 2,000', () => {
    const ids = Array.from({ length: 2_001 }, (_, n) => `w${String(n).padStart(4, '0')}`);
    const hooks = ids.flatMap((id) => [hook(`${id}.a`, id), hook(`${id}.b`, id)]).reverse();
    const mailsOf = (webhooks: AffectedWebhook[]) => recipientsOf(webhooks, () => node(null, 'ann@x'));
    expect(mailsOf(hooks.slice(2))).toMatchObject([{ webhookCount: 4_000, workspaceIds: ids.slice(0, -1) }]);
    expect(mailsOf(hooks)).toMatchObject([{ webhookCount: 4_002, workspaceIds: ids.slice(0, -1) }]);
  });

  it('are nobody for a workspace that is not known', () => expect(told({}, hook('a', 'nowhere'))).toEqual([]));
});

const addresses = ['ann@x', 'ANN@x', 'bob@x', 'Bob@x', 'cyd@x', 'dan@x'];
const forest = fc
  .array(
    fc.record({
      parent: fc.nat(),
      admins: fc.array(fc.constantFrom(...addresses), { maxLength: 3 }),
      notificationLevel: fc.constantFrom('none' as const, 'parent' as const, 'all' as const),
      webhooks: fc.nat(3),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((nodes) => {
    // Each below one that was registered before it: a tree.
    const tree: Tree = Object.fromEntries(
      nodes.map(({ parent, admins, notificationLevel }, n) => [
        `w${n}`,
        node(n === 0 ? null : `w${parent % n}`, admins.join(','), { notificationLevel }),
      ]),
    );
    const webhooks = nodes.flatMap(({ webhooks: count }, n) =>
      Array.from({ length: count }, (_, each) => hook(`${n}.${each}`, `w${n}`)),
    );
    return { tree, webhooks };
  });

const isAdmin = (tree: Tree, workspaceId: string | null | undefined, address: string): boolean =>
  typeof workspaceId === 'string' &&
  (tree[workspaceId]?.adminEmails ?? '').toLowerCase().split(',').includes(address.toLowerCase());

/** The rule, told once more: of one webhook and one address. */
const isTold = (tree: Tree, { workspaceId }: AffectedWebhook, address: string): boolean => {
  const { notificationLevel = 'none', parent } = tree[workspaceId] ?? {};
  if (notificationLevel === 'none') return false;
  return isAdmin(tree, parent, address) || (notificationLevel === 'all' && isAdmin(tree, workspaceId, address));
};

describe('in any tree', () => {
  it('each address that the levels name is told once, of all the webhooks it is to hear of, and of no other', () => {
    fc.assert(
      fc.property(forest, ({ tree, webhooks }) => {
        const mails = recipientsOf(webhooks, (id) => tree[id]);
        const keys = mails.map(({ address }) => address.toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
        for (const address of new Set(addresses.map((each) => each.toLowerCase()))) {
          const expected = webhooks.filter((each) => isTold(tree, each, address)).map(({ webhookId }) => webhookId);
          const mail = mails[keys.indexOf(address)];
          expect(mail?.webhooks.map(({ webhookId }) => webhookId).sort() ?? []).toEqual(expected.sort());
          expect(mail?.webhookCount ?? 0).toBe(expected.length);
        }
      }),
    );
  });

  it('a mail belongs to a workspace that contains its webhooks and one that its reader is an admin of, and to no larger one', () => {
    fc.assert(
      fc.property(forest, ({ tree, webhooks }) => {
        const parentOf = (id: string) => tree[id]?.parent;
        for (const { address, workspaceId, webhooks: listed } of recipientsOf(webhooks, (id) => tree[id])) {
          const through = listed.flatMap(({ workspaceId: own }) => {
            const { parent, notificationLevel } = tree[own] ?? {};
            const levels = [parent, ...(notificationLevel === 'all' ? [own] : [])];
            return [own, ...levels.filter((id) => isAdmin(tree, id, address))] as string[];
          });
          const containsAll = (id: string) => through.every((each) => isWithin(each, id, parentOf));
          expect(containsAll(workspaceId)).toBe(true);
          const children = Object.keys(tree).filter((id) => tree[id]?.parent === workspaceId);
          expect(children.filter(containsAll)).toEqual([]);
        }
      }),
    );
  });

  it('the order in which the webhooks are known makes no difference', () => {
    fc.assert(
      fc.property(forest, ({ tree, webhooks }) => {
        const workspaceOf = (id: string) => tree[id];
        expect(recipientsOf([...webhooks].reverse(), workspaceOf)).toEqual(recipientsOf(webhooks, workspaceOf));
      }),
    );
  });
});
