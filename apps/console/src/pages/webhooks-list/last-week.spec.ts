import { describe, expect, it } from '@jest/globals';
import { dismissalOf, endingVersions, endInWords } from './last-week.ts';

const webhook = (id: string, version: string, expiresAt: number | null) => ({
  id,
  name: id,
  version,
  expiresAt,
  hasDraft: true,
});
const AT = Date.parse('2026-11-29T00:00:00Z');
const DAY = 86_400_000;

describe('versions that end', () => {
  it('are listed once each with their webhooks, the first to end first', () => {
    const versions = endingVersions([
      webhook('a', '2026-04', AT + DAY),
      webhook('b', '2025-10', AT),
      webhook('c', '2026-04', AT + DAY),
    ]);
    expect(versions.map(({ version, webhooks }) => [version, webhooks.map(({ id }) => id)])).toEqual([
      ['2025-10', ['b']],
      ['2026-04', ['a', 'c']],
    ]);
  });

  it('are none where no webhook has an end', () => expect(endingVersions([webhook('a', '2026-04', null)])).toEqual([]));

  it('are dismissed for a workspace and a date', () => {
    const [version] = endingVersions([webhook('a', '2025-10', AT)]);
    const [later] = endingVersions([webhook('a', '2025-10', AT + 30 * DAY)]);
    expect(version && dismissalOf(version, 'acme')).toBe('version-2025-10-2026-11-29.acme');
    expect(later && dismissalOf(later, 'acme')).not.toBe(version && dismissalOf(version, 'acme'));
  });
});

describe('the end of a version', () => {
  it('is counted in days that have begun', () => {
    expect(endInWords(AT, AT - 5 * DAY)).toBe('Ends in 5 days (29 Nov)');
    expect(endInWords(AT, AT - 1)).toBe('Ends in less than a day (29 Nov)');
  });

  it('once past says when the webhook goes', () =>
    expect(endInWords(AT, AT + 1)).toBe('Version has ended. Disabled on 30 Nov 2026.'));
});
