import { describe, expect, it } from '@jest/globals';
import { draftOrigin, isLive } from './draft-words.ts';

const NOW = Date.parse('2026-11-02T09:00:00Z');
const ENDS = Date.parse('2026-11-29T12:00:00Z');

describe('a draft', () => {
  it('says that the calendar made it, and for which end', () => {
    const draft = { by: 'calendar', of: '2026-01-01' } as const;
    expect(draftOrigin(draft, { version: '2026-01-01', expiresAt: ENDS })).toBe(
      'It was made by the calendar, a month before the end of version 2026-01-01, which ends on 29 Nov 2026.',
    );
    expect(draftOrigin(draft, { version: '2026-06-01', expiresAt: ENDS })).toBe(
      'It was made by the calendar, a month before the end of version 2026-01-01.',
    );
  });

  it('says that somebody made it', () => {
    const origin = draftOrigin({ by: 'admin', of: '2026-01-01' }, { version: '2026-01-01', expiresAt: ENDS });
    expect(origin).toBe('It was made by hand, when the webhook was on 2026-01-01.');
  });

  it('is live on a version that stands', () => {
    const versions = [
      { name: '2026-11-01', expiresAt: null },
      { name: '2026-06-01', expiresAt: new Date(NOW + 1).toISOString() },
      { name: '2026-01-01', expiresAt: new Date(NOW).toISOString() },
    ];
    const live = (version: string) => isLive({ version }, versions, NOW);
    expect(['2026-11-01', '2026-06-01', '2026-01-01', 'withdrawn'].map(live)).toEqual([true, true, false, false]);
  });
});
