import { describe, expect, it } from '@jest/globals';
import { progressLines } from './progress-lines.ts';

function told() {
  const lines: string[] = [];
  let now = 0;
  const progress = progressLines(
    (line) => void lines.push(line),
    () => now,
  );
  return { lines, progress, pass: (ms: number) => void (now += ms) };
}

describe('progress', () => {
  it('is told about once a second, however often something moves, and at the end', async () => {
    const { lines, progress, pass } = told();
    const work = async () => {
      for (let n = 0; n < 2_500; n++) {
        pass(1);
        progress.moved(2);
      }
    };
    await progress.during('Copying', work, { total: 10_000 });
    expect(lines).toEqual([
      'Copying: 2,000 of 10,000 (2,000/s)',
      'Copying: 4,000 of 10,000 (2,000/s)',
      'Copying: 5,000 in 2.5 s (2,000/s)',
    ]);
  });

  it('counts what was done before, but not in the rate', async () => {
    const { lines, progress, pass } = told();
    const work = async () => {
      pass(2_000);
      progress.moved(1_000);
    };
    await progress.during('Copying', work, { total: 10_000, done: 9_000 });
    expect(lines).toEqual(['Copying: 10,000 of 10,000 (500/s)', 'Copying: 10,000 in 2.0 s (500/s)']);
  });
});
