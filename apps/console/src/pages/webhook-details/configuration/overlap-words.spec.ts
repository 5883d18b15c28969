import { describe, expect, it } from '@jest/globals';
import { overlapLeft, overlaps, signedBy } from './overlap-words.ts';

const NOW = Date.parse('2026-11-22T14:00:00Z');

describe('the overlap of a rotation', () => {
  it('can be what the API takes', () => {
    for (const { value } of overlaps) expect(Number(value)).toBeLessThanOrEqual(604_800);
    expect(overlaps.map(({ value }) => value)).toEqual(['3600', '86400', '604800', '0']);
  });

  it('tells the time left until it is over', () => {
    expect(overlapLeft(NOW + 86_400_000, NOW)).toBe('1 day');
    expect(overlapLeft(NOW + 61_000, NOW)).toBe('1 min 1 s');
    expect([overlapLeft(NOW, NOW), overlapLeft(null, NOW)]).toEqual([null, null]);
  });

  it('leaves the header with one signature with the old secret', () => {
    expect(signedBy('X-Acme-Signature')).toContainEqual({
      header: 'X-Acme-Signature',
      during: 'by the old secret',
      after: 'by the new secret',
    });
  });
});
