import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  activeKey,
  KEY_LIFETIME,
  planKeys,
  PUBLISHED_AHEAD,
  TOKEN_LIFETIME_SECONDS,
  type PlannedKey,
} from './key-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = 1_700_000_000_000;
const key = (keyId: string, activeFrom: number, retired = false): PlannedKey => ({ keyId, activeFrom, retired });

describe('without a key', () => {
  it('one is made that signs at once', () => {
    expect(planKeys([], T0)).toMatchObject({ make: { activeFrom: T0 }, retire: [] });
  });
});

describe('a key that signs', () => {
  it('is left alone for 29 days', () => {
    expect(planKeys([key('a', T0)], T0 + 29 * DAY - 1)).toEqual({ make: undefined, retire: [] });
  });

  it('gets its successor a day before it is 30 days old', () => {
    expect(planKeys([key('a', T0)], T0 + 29 * DAY).make?.activeFrom).toBe(T0 + 30 * DAY);
  });

  it('gets one successor, the same in every process', () => {
    const { make } = planKeys([key('a', T0)], T0 + 29 * DAY);
    expect(planKeys([key('a', T0)], T0 + 29 * DAY + 1).make?.keyId).toBe(make?.keyId);
    expect(planKeys([key('a', T0), key('b', T0 + 30 * DAY)], T0 + 29 * DAY + 1).make).toBeUndefined();
  });

  it('goes on until a successor that comes late has been published for a day', () => {
    expect(planKeys([key('a', T0)], T0 + 90 * DAY).make?.activeFrom).toBe(T0 + 91 * DAY);
  });
});

describe('the key that signs', () => {
  const keys = [key('old', T0), key('new', T0 + DAY), key('next', T0 + 9 * DAY), key('gone', T0 + DAY + 1, true)];

  it('is the newest that may sign already and is not retired', () => {
    expect(activeKey(keys, T0)?.keyId).toBe('old');
    expect(activeKey(keys, T0 + 2 * DAY)?.keyId).toBe('new');
    expect(activeKey(keys, T0 - 1)).toBeUndefined();
  });
});

describe('a key that was succeeded', () => {
  const keys = [key('old', T0), key('new', T0 + 30 * DAY)];

  it('is retired only after the last token it signed has expired', () => {
    expect(planKeys(keys, T0 + 31 * DAY).retire).toEqual([]);
    expect(planKeys(keys, T0 + 31 * DAY + HOUR).retire).toEqual(['old']);
  });
});

describe('whenever the plan is carried out', () => {
  it('a token can be signed, by a key published for a day, and verified until it expires', () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 40 * DAY }), { maxLength: 30 });
    fc.assert(
      fc.property(pauses, (waits) => {
        const keys = new Map<string, PlannedKey & { publishedAt: number; lastSigned: number }>();
        let now = T0;
        for (const wait of [0, ...waits]) {
          now += wait;
          // A token is signed before anyone wakes, too.
          const unplanned = activeKey([...keys.values()], now);
          if (unplanned) unplanned.lastSigned = now;
          const { make, retire } = planKeys([...keys.values()], now);
          if (make) keys.set(make.keyId, { ...make, retired: false, publishedAt: now, lastSigned: -Infinity });
          for (const keyId of retire) {
            const outlived = keys.get(keyId);
            expect(now).toBeGreaterThanOrEqual((outlived?.lastSigned ?? 0) + TOKEN_LIFETIME_SECONDS * 1_000);
            if (outlived) keys.set(keyId, { ...outlived, retired: true });
          }
          const signing = activeKey([...keys.values()], now);
          expect(signing).toBeDefined();
          if (keys.size > 1) expect(now - (signing?.publishedAt ?? now)).toBeGreaterThanOrEqual(PUBLISHED_AHEAD);
          expect(planKeys([...keys.values()], now)).toEqual({ make: undefined, retire: [] });
        }
        expect([...keys.values()].filter((k) => !k.retired).length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('keys sign for 30 days', () => expect(KEY_LIFETIME).toBe(30 * DAY));
});
