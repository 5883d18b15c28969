import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openKeptClock } from './kept-clock.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-clock-'));
  file = join(folder, 'clock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a manual clock that is kept', () => {
  it("begins at the machine's time, and stands still from there on", () => {
    const before = Date.now();
    const begun = openKeptClock(file).now();
    expect(begun).toBeGreaterThanOrEqual(before);
    expect(begun).toBeLessThanOrEqual(Date.now());
    expect(openKeptClock(file).now()).toBe(begun);
  });

  it('goes on, in the next process, from where it was moved to', async () => {
    const clock = openKeptClock(file);
    const at = clock.now() + 86_400_000;
    clock.advanceTo(at);
    expect(openKeptClock(file).now()).toBe(at);
    expect(await readdir(folder)).toEqual(['clock']);
  });

  it('is kept before anything happens at the time it is moved to', async () => {
    const clock = openKeptClock(file);
    const at = clock.now() + 1_000;
    const kept: number[] = [];
    clock.at(at, () => kept.push(openKeptClock(file).now()));
    clock.advanceTo(at);
    expect(kept).toEqual([at]);
  });

  it('does not move where it cannot be kept', async () => {
    const clock = openKeptClock(file);
    const before = clock.now();
    await rm(folder, { recursive: true });
    expect(() => clock.advance(1_000)).toThrow(/ENOENT/);
    expect(clock.now()).toBe(before);
  });

  it('is not moved back, nor kept so', async () => {
    const clock = openKeptClock(file);
    const kept = await readFile(file, 'utf8');
    expect(() => clock.advanceTo(clock.now() - 1)).toThrow(RangeError);
    expect(await readFile(file, 'utf8')).toBe(kept);
  });

  it('is not guessed from a file that says no time', async () => {
    await writeFile(file, 'noon');
    expect(() => openKeptClock(file)).toThrow(/says no time/);
  });
});
