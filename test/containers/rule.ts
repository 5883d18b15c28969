import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

export const root = join(import.meta.dirname, '../..');

export const read = (name: string) => readFileSync(join(root, name), 'utf8');

/** What a file is held against, and a change to it that must not pass. */
export type Rule<File> = {
  readonly says: string;
  /** What is wrong, in words; nothing where all is well. */
  readonly problems: (file: File) => string[];
  readonly breach: (file: File) => File;
};

/** Shows of each rule that the file keeps it, and that it finds its breach. */
export function rulesOf<File>(load: () => File, rules: readonly Rule<File>[]): void {
  it.each(rules)('$says', ({ problems, breach }) => {
    expect(problems(load())).toEqual([]);
    expect(problems(breach(load()))).not.toEqual([]);
  });
}
