import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseItem } from '../publish-events/published-event.ts';
import { inMessage, itemOf } from './message-item.ts';
import { AT, messageWith } from './testing/messages.ts';

const errorsOf = (changes: Parameters<typeof messageWith>[0]) => {
  const mapped = itemOf(messageWith(changes));
  return 'errors' in mapped ? mapped.errors : [];
};
const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });

describe("a message of the platform's", () => {
  it('is an event of its type and data, in the workspace its metadata names, with its own UUID and time', () => {
    const { id, type, data } = messageWith();
    expect(itemOf(messageWith())).toEqual({ item: { id, type, data, workspaceId: 'w', timestamp: AT } });
  });

  it('may name the id and the time of the event in its metadata', () => {
    const metadata = { workspaceId: 'w', id: 'order-7-paid', timestamp: 1_600_000_000_000, more: { is: 'ignored' } };
    expect(itemOf(messageWith({ metadata }))).toMatchObject({
      item: { id: 'order-7-paid', timestamp: 1_600_000_000_000 },
    });
  });

  it.each<[string, Parameters<typeof messageWith>[0], string]>([
    ['has no JSON object', { data: undefined }, 'data'],
    ['is nested too deep', { data: { a: nested(64) } }, 'data'],
    ['has no metadata', { metadata: undefined }, 'metadata.workspaceId'],
    ['names no workspace', { metadata: { id: 'a' } }, 'metadata.workspaceId'],
    ['names a workspace by a number', { metadata: { workspaceId: 7 } }, 'metadata.workspaceId'],
    ['names what cannot be a workspace', { metadata: { workspaceId: 'a b' } }, 'metadata.workspaceId'],
  ])('that %s is none', (_, changes, field) => {
    expect(errorsOf(changes).map((error) => error.field)).toEqual([field]);
  });

  it('is told every fault at once', () => {
    expect(errorsOf({ data: undefined, metadata: undefined }).map(({ field }) => field)).toEqual([
      'data',
      'metadata.workspaceId',
    ]);
  });

  it('may be nested as deep as a request may be', () => {
    expect(errorsOf({ data: nested(63) as Record<string, unknown> })).toEqual([]);
  });

  it('is something the door can judge, whatever it is', () => {
    const content = fc.option(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), { nil: undefined });
    const metadata = fc.option(
      fc.record(
        { workspaceId: fc.oneof(fc.constant('w'), fc.jsonValue()), id: fc.jsonValue(), timestamp: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.string(), content, metadata, (type, data, given) => {
        const mapped = itemOf(messageWith({ type, data, metadata: given }));
        if ('errors' in mapped) return expect(mapped.errors).not.toEqual([]);
        const parsed = parseItem(mapped.item);
        if (given?.id === undefined && given?.timestamp === undefined && type !== '' && type.length <= 100)
          expect(parsed).toHaveProperty('event.data');
        expect(mapped.item).toMatchObject({ type, workspaceId: given?.workspaceId });
      }),
    );
  });
});

describe('an error of an item', () => {
  it.each([
    ['id', 'metadata.id'],
    ['workspaceId', 'metadata.workspaceId'],
    ['timestamp', 'metadata.timestamp'],
    ['type', 'type'],
    ['data.id', 'data.id'],
  ])('at %s is told to be at %s of the message', (field, told) => {
    expect(inMessage({ field, message: 'is wrong' })).toEqual({ field: told, message: 'is wrong' });
  });
});
