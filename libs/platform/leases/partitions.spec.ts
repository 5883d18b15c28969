import { describe, expect, it } from '@jest/globals';
import { PARTITIONS, partitionOf } from './partitions.ts';

describe('the partition of an id', () => {
  it('is the same in every release', () => {
    // `printf %s <id> | sha256sum` begins with these bytes.
    expect(partitionOf('')).toBe(0xe3);
    expect(partitionOf('12345')).toBe(0x59);
    expect(partitionOf('webhook')).toBe(0x9f);
    expect(partitionOf('é')).toBe(0x4a);
  });

  it('is one of the 256 that there are', () => {
    expect(PARTITIONS).toHaveLength(256);
    expect(new Set(PARTITIONS).size).toBe(256);
    for (let n = 0; n < 2_000; n++) expect(PARTITIONS).toContain(String(partitionOf(`id-${n}`)));
  });

  it.each([
    ['counted', (n: number) => String(n)],
    ['ids that share their beginning', (n: number) => `6a7b8c9d0e1f2a3b4c5d${n.toString(16).padStart(4, '0')}`],
    ['ids that share their end', (n: number) => `${n.toString(16).padStart(4, '0')}6a7b8c9d0e1f2a3b4c5d`],
  ])('spreads ids evenly: %s', (_, id) => {
    const counts = new Array<number>(256).fill(0);
    for (let n = 0; n < 256 * 100; n++) counts[partitionOf(id(n))]! += 1;
    // 100 each on average, with a standard deviation of 10.
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(150);
  });
});
