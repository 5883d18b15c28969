import { describe, expect, it } from '@jest/globals';
import { changesOf, earlierThan, linesOf, originOf } from './changes.ts';

const now = {
  details: { webhookId: 'w-1', name: 'Billing', url: 'https://new.example', description: '', triggers: ['a'] },
};

describe('what an entry tells', () => {
  it('is all it says, without ids and without what is empty', () => {
    expect(changesOf(now)).toEqual([
      { field: 'name', label: 'Name', after: 'Billing' },
      { field: 'url', label: 'Authentication URL', after: 'https://new.example' },
      { field: 'triggers', label: 'Triggers', after: ['a'] },
    ]);
  });

  it('is only what differs, where it is known what was before', () => {
    const before = [{ details: { name: 'Billing', url: 'https://old.example', triggers: ['a'] } }];
    expect(changesOf(now, before)).toEqual([
      { field: 'url', label: 'Authentication URL', before: 'https://old.example', after: 'https://new.example' },
    ]);
  });

  it('tells what was taken away', () => {
    const before = [{ details: { ...now.details, description: 'For QuickBooks' } }];
    expect(changesOf(now, before)).toEqual([
      { field: 'description', label: 'Description', before: 'For QuickBooks', after: '' },
    ]);
  });

  it('compares with the newest entry that had the field', () => {
    const before = [
      { details: { name: 'Billing' } },
      { details: { url: 'https://b.example' } },
      { details: { url: 'https://a.example' } },
    ];
    expect(changesOf({ details: { url: 'https://c.example' } }, before)).toMatchObject([
      { before: 'https://b.example' },
    ]);
  });
});

describe('what was before an entry', () => {
  it('is what came before it about the same thing', () => {
    const of = (id: string, userId: string) => ({ id, details: { userId } });
    const list = [of('5', 'u-1'), of('4', 'u-1'), of('3', 'u-2'), of('2', 'u-1')];
    const origin = { kinds: [], sameAs: 'userId' };
    expect(earlierThan(of('4', 'u-1'), list, origin)).toEqual([of('2', 'u-1')]);
    expect(earlierThan(of('9', 'u-1'), list, origin)).toEqual([]);
  });

  it('is looked for only where entries tell the whole', () => {
    expect(originOf('webhook-changed')?.kinds).toEqual(['webhook-created', 'webhook-changed']);
    expect(originOf('webhook-disabled')).toBeUndefined();
  });
});

describe('two lists of words', () => {
  it('differ by what was added and what was taken away', () => {
    expect(linesOf(['a', 'b', 'c'], ['b', 'd'])).toEqual({ added: ['d'], removed: ['a', 'c'], kept: 1 });
  });
});
