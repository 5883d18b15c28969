import { describe, expect, it } from '@jest/globals';
import { releaseExample, releaseSchema } from './release-schema.ts';

const KIB = 1024;

/** Whose triggers take this many bytes as JSON. */
function releaseOf(bytes: number) {
  const triggersWith = (text: string) => ({ a: { schema: {}, example: { text }, downgrade: '$' } });
  const rest = bytes - JSON.stringify(triggersWith('')).length;
  // Of two bytes each in UTF-8.
  return { name: 'a', triggers: triggersWith('é'.repeat(Math.floor(rest / 2)) + 'e'.repeat(rest % 2)) };
}
const errorsOf = (release: unknown) => releaseSchema.safeParse(release).error?.issues.map(({ path }) => path.join('.'));

describe('what a release brings', () => {
  it('takes at most 512 KiB', () => {
    expect(errorsOf(releaseOf(512 * KIB))).toBeUndefined();
    expect(errorsOf(releaseOf(512 * KIB + 1))).toEqual(['triggers']);
  });

  it('is stored with the longest notes by all stores, which take 1 MiB', () => {
    const release = { ...releaseOf(512 * KIB), notes: '\u0000'.repeat(10_000) };
    expect(errorsOf(release)).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(release))).toBeLessThan(640 * KIB);
    expect(errorsOf({ ...releaseExample, notes: 'x'.repeat(10_001) })).toEqual(['notes']);
  });
});
