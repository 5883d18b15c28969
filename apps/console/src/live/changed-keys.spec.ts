import { describe, expect, it } from '@jest/globals';
import { changedKeys } from './changed-keys.ts';
import { changeMessageOf } from './change-message.ts';
import { keys } from './keys.ts';

const nothing = { webhooks: [], deliveries: [], redeliveries: [], lists: [] };

describe('what is read again', () => {
  it('is nothing when nothing has changed', () => expect(changedKeys('acme', [nothing])).toEqual([]));

  it('is each list once, however many messages there were', () => {
    const message = { ...nothing, deliveries: [{ webhookId: 'w', count: 2, ids: [] }] };
    const found = changedKeys('acme', [message, message]);
    expect(found).toContainEqual(keys.deliveries('acme'));
    expect(found).toContainEqual(keys.webhooks('acme'));
    expect(new Set(found.map((key) => JSON.stringify(key))).size).toBe(found.length);
  });

  it('is of the one workspace', () => {
    const found = changedKeys('acme', [{ ...nothing, webhooks: ['w'], redeliveries: ['r'], lists: ['activity'] }]);
    expect(found.every((key) => key[1] === 'acme')).toBe(true);
  });

  it('skips lists it does not know', () => expect(changedKeys('acme', [{ ...nothing, lists: ['moons'] }])).toEqual([]));
});

describe('a message', () => {
  it('may lack what it says nothing about', () =>
    expect(changeMessageOf('{"webhooks":["w"]}')).toEqual({ ...nothing, webhooks: ['w'] }));
  it('is none when it is no JSON', () => expect(changeMessageOf('{')).toBeUndefined());
});
