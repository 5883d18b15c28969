import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { actorNames } from './actor-names.projection.ts';

type Event = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
const after = (stream: string, ...events: Event[]) =>
  projecting(
    actorNames,
    record(events, () => stream),
  );

describe('an actor', () => {
  it.each([
    ['ApiClientIssued', { clientId: 'c-1', name: 'Billing' }, 'client:c-1', 'Billing'],
    ['UserRegistered', { userId: 'u-1', email: 'ada@example.com' }, 'user:u-1', 'ada@example.com'],
    ['UserInvited', { userId: 'u-1', email: 'ada@example.com', name: 'Ada' }, 'user:u-1', 'ada@example.com'],
    ['ConsoleLinkIssued', { linkId: 'l-1', label: 'Support' }, 'link:l-1', 'Support'],
  ])('is called what %s says', (type, data, actor, name) => {
    const stream = `${type.startsWith('User') ? 'user' : type.startsWith('Api') ? 'apiClient' : 'consoleLink'}-1`;
    after(stream, { type, data: { ...data, workspaceId: 'one' } }).then({
      [actor]: { actor, name, workspaceId: 'one' },
    });
  });

  it('is called what was said last, is where it was invited last, and keeps both when it is gone', () => {
    const invited = (email: string, workspaceId: string) => ({
      type: 'UserInvited',
      data: { userId: 'u-1', email, workspaceId },
    });
    after(
      'user-u-1',
      invited('ada@example.com', 'one'),
      { type: 'UserChanged', data: { userId: 'u-1', name: 'Ada L.', workspaceId: 'one' } },
      invited('ada@new.example', 'two'),
      { type: 'UserRemoved', data: { userId: 'u-1', workspaceId: 'two' } },
    ).then({ 'user:u-1': { name: 'ada@new.example', workspaceId: 'two' } });
  });

  it('has no name but one that says something', () =>
    expect(
      after(
        'consoleLink-1',
        { type: 'ConsoleLinkIssued', data: { linkId: 'l-1', label: '' } },
        { type: 'ConsoleLinkIssued', data: { linkId: 'l-2' } },
        { type: 'ConsoleLinkOpened', data: { linkId: 'l-3', label: 'Support' } },
      ).documents,
    ).toEqual({}));
});
