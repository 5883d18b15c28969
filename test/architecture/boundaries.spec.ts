import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  cruise,
  type IConfiguration,
  type ICruiseResult,
  type IForbiddenRuleType,
  type IViolation,
} from 'dependency-cruiser';

const root = join(import.meta.dirname, '../..');
const fixtures = join(import.meta.dirname, 'fixtures');

const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Required<IConfiguration>;
const entries = config.forbidden as (IForbiddenRuleType & { name: string })[];
const names = [...new Set(entries.map(({ name }) => name))];

async function graphOf(
  baseDir: string,
  forbidden: readonly IForbiddenRuleType[] = entries,
  files = readdirSync(baseDir).filter((name) => ['apps', 'libs', 'test'].includes(name)),
): Promise<ICruiseResult> {
  const { doNotFollow, exclude, tsPreCompilationDeps } = config.options ?? {};
  const ruleSet = { forbidden: [...forbidden] };
  const options = { baseDir, doNotFollow, exclude, tsPreCompilationDeps, validate: true, ruleSet };
  return (await cruise(files, options)).output as ICruiseResult;
}

const inWords = ({ rule, from, to }: IViolation) => `${rule.name}: ${from} -> ${to}`;

describe('the source tree', () => {
  let tree: ICruiseResult;
  let files: string[];
  beforeAll(async () => {
    tree = await graphOf(root);
    files = tree.modules.map(({ source }) => source);
  });

  it('keeps every boundary', () => {
    expect(tree.summary.violations.map(inWords)).toEqual([]);
  });

  it.each(entries.map((entry, index) => [entry.name, index] as const))(
    'has files that %s is about (entry %i)',
    (_, i) => {
      const { from, to } = entries[i] as { from: Paths; to: Paths };
      const patterns = [from.path, to.path].flat().filter((pattern) => pattern !== undefined);
      expect(patterns.filter((pattern) => !matchesAny(pattern, files))).toEqual([]);
    },
  );

  it('lets the kernel reach node:crypto in ids.ts, and nothing else', async () => {
    const follow = { baseDir: root, doNotFollow: 'node_modules' };
    const { output } = await cruise(['libs/platform/kernel/ids.ts'], follow);
    expect((output as ICruiseResult).modules.map(({ source }) => source).sort()).toEqual([
      'crypto',
      'libs/platform/kernel/ids.ts',
    ]);
  });
});

describe('the rules', () => {
  it('have one fixture each', () => {
    expect(readdirSync(fixtures).sort()).toEqual([...names].sort());
  });

  it.each(names)('see nothing but %s broken in its fixture', async (name) => {
    const { violations } = (await graphOf(join(fixtures, name))).summary;
    expect([...new Set(violations.map(({ rule }) => rule.name))]).toEqual([name]);
  });

  it.each(entries.map((entry, index) => [entry.name, index] as const))(
    'say what to do, and fire: %s (entry %i)',
    async (name, i) => {
      const entry = entries[i] as IForbiddenRuleType;
      expect(entry.comment).toMatch(/^[A-Z].{20,}\.$/);
      expect((await graphOf(join(fixtures, name), [entry])).summary.violations).not.toEqual([]);
    },
  );

  it('see through each way in which a pure file can be impure', async () => {
    const { modules, summary } = await graphOf(join(fixtures, 'decider-is-pure'));
    const pure = modules.map(({ source }) => source).filter((source) => /order\.(?!spec)[a-z]+\.ts$/.test(source));
    const caught = new Set(summary.violations.map(({ from }) => from));
    expect(pure).toHaveLength(5);
    expect([...caught].sort()).toEqual(pure.sort());
  });
});

type Paths = { path?: string | string[]; pathNot?: string | string[] };

/** A group of the `from` pattern stands for any name here. */
const matchesAny = (pattern: string, files: readonly string[]) => {
  const expression = new RegExp(pattern.replace(/\$\d/g, '[^/]+'));
  return files.some((file) => expression.test(file));
};
