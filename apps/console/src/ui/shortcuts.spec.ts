import { describe, expect, it } from '@jest/globals';
import { nameOfKey } from './shortcuts.ts';

const key = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  nameOfKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('the name of a key', () => {
  it('is the letter, in lower case', () => expect(key('C')).toBe('c'));
  it('is the same for Ctrl and Cmd', () => {
    expect(key('k', { ctrlKey: true })).toBe('mod+k');
    expect(key('k', { metaKey: true })).toBe('mod+k');
  });
  it('keeps the names of others', () => expect(key('Enter', { ctrlKey: true })).toBe('mod+Enter'));
});
