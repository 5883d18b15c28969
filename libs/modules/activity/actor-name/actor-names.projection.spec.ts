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
    after(stream, { type, data }).then({ [actor]: { actor, name } });
  });

  it('is called what was said last, and keeps the name when it is gone', () => {
    const invited = (email: string) => ({ type: 'UserInvited', data: { userId: 'u-1', email } });
    after(
      'user-u-1',
      invited('ada@example.com'),
      { type: 'UserChanged', data: { userId: 'u-1', name: 'Ada L.' } },
      invited('ada@new.example'),
      { type: 'UserRemoved', data: { userId: 'u-1' } },
    ).then({ 'user:u-1': { name: 'ada@new.example' } });
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
