import type { Workspace } from './version-lifecycle-oracle.ts';

export type NewWorkspace = Workspace & { readonly type: 'regular' | 'channel' | 'child' };

export const ROOT = 'root';
/** The mail server knows nobody of this name. */
export const REFUSED = 'gone@south.example';
/** Is told to come again later, when a test says so. */
export const SLOW = 'slow@south-child.example';

/** Each level of notification, admins of several workspaces, and a workspace that has none. */
export const FIRST_WORKSPACES: readonly NewWorkspace[] = [
  { id: ROOT, type: 'regular', parent: '', admins: ['operator@carillon.example'], level: 'all' },
  { id: 'north', type: 'channel', parent: ROOT, admins: ['ana@north.example', 'Both@north.example'], level: 'all' },
  { id: 'north-none', type: 'child', parent: 'north', admins: ['nora@north-none.example'], level: 'none' },
  { id: 'north-parent', type: 'child', parent: 'north', admins: ['paul@north-parent.example'], level: 'parent' },
  {
    id: 'north-all',
    type: 'child',
    parent: 'north',
    admins: ['alma@north-all.example', 'both@NORTH.example'],
    level: 'all',
  },
  { id: 'north-nobody', type: 'child', parent: 'north', admins: [], level: 'all' },
  { id: 'south', type: 'channel', parent: ROOT, admins: ['sol@south.example', REFUSED], level: 'parent' },
  { id: 'south-child', type: 'child', parent: 'south', admins: [SLOW, 'Operator@Carillon.example'], level: 'all' },
];

export const LATER_WORKSPACE: NewWorkspace = {
  id: 'north-later',
  type: 'child',
  parent: 'north',
  admins: ['lea@north-later.example'],
  level: 'all',
};

/** Each with its workspace. The name says what becomes of it. */
export const FIRST_HOOKS: readonly (readonly [name: string, workspace: string])[] = [
  ['north-stays', 'north'],
  ['north-early', 'north'],
  ['none-stays', 'north-none'],
  ['parent-drafts', 'north-parent'],
  ['parent-drafts-early', 'north-parent'],
  ['all-discards', 'north-all'],
  ['all-drafts-late', 'north-all'],
  ['all-removed', 'north-all'],
  ['all-switched-off', 'north-all'],
  ['nobody-stays', 'north-nobody'],
  ['south-stays', 'south'],
  ['south-slow', 'south-child'],
  ['south-returns', 'south-child'],
];
