import { describe, expect, it } from '@jest/globals';
import { mailedOf, type Told } from './mailed.ts';

const known: Record<string, Told> = {
  parent: { parentWorkspaceId: null, notificationLevel: 'none', adminEmails: 'boss@a.example' },
  all: { parentWorkspaceId: 'parent', notificationLevel: 'all', adminEmails: 'ada@a.example, Boss@A.example' },
  above: { parentWorkspaceId: 'parent', notificationLevel: 'parent', adminEmails: 'bo@a.example' },
  none: { parentWorkspaceId: 'parent', notificationLevel: 'none', adminEmails: 'cy@a.example' },
};
const of = (...ids: string[]) => mailedOf(ids, (id) => known[id]);

describe('who is mailed', () => {
  it('are the admins of a workspace and of its parent at level all', () =>
    expect(of('all').addresses).toEqual(['ada@a.example', 'Boss@A.example']));
  it('are those of its parent alone at level parent', () => expect(of('above').addresses).toEqual(['boss@a.example']));
  it('is nobody at level none, and that is said', () =>
    expect(of('none', 'parent')).toEqual({ addresses: [], untold: ['none', 'parent'] }));
  it('has each address once', () => expect(of('above', 'all').addresses).toEqual(['boss@a.example', 'ada@a.example']));
  it('leaves out what is not read yet', () => expect(of('unread')).toEqual({ addresses: [], untold: [] }));
});
