import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { build } from './prepare.mjs';
import { Failure, pinnedNode, runQuietly, runToEnd } from './processes.mjs';

const tool = (...args) => runQuietly(pinnedNode(), args);

const types = (name, ...project) => ({
  name,
  run: () => tool('node_modules/typescript/bin/tsc', '--noEmit', ...project),
});
const lint = {
  name: 'lint',
  run: async () => {
    const rules = await tool('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.');
    const format = await tool('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.');
    return { code: rules.code || format.code, output: rules.output + format.output };
  },
};
const boundaries = {
  name: 'boundaries',
  run: () =>
    tool(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'apps', 'libs', 'test'],
    ),
};
const apiTypes = { name: 'types of the API', run: () => tool('tools/api-types.mjs', 'check') };

const compiles = {
  name: 'build',
  run: async () => {
    try {
      await build();
      return { code: 0, output: '' };
    } catch (error) {
      if (error instanceof Failure) return { code: 1, output: error.message };
      throw error;
    }
  },
};

/** Checks of one row do not need each other and run at the same time. */
const rows = [
  [types('types'), lint],
  [types('types of the console', '--project', 'apps/console'), boundaries],
  [types("types of the console's specs", '--project', 'test/console')],
  [compiles],
  [apiTypes],
];

/**
 * Types, lint, boundaries, build and the console's idea of the API, then the specs, which alone get `jestArgs`. Stops at the first row that fails. The last line
 * is `N passed, N failed`: specs and checks together. Answers the exit code.
 */
export async function runChecks(jestArgs) {
  const count = { passed: 0, failed: 0 };
  for (const row of rows) {
    const results = await Promise.all(row.map(timed));
    for (const { passed } of results) count[passed ? 'passed' : 'failed'] += 1;
    if (count.failed > 0) return report(count);
  }
  await runSpecs([...jestArgs, ...withoutBrowser()], count);
  return report(count);
}

/** The browser's specs are left out where there is no Chromium, unless the environment says BROWSER=required: they then fail. */
function withoutBrowser() {
  if (process.env.BROWSER === 'required' || chromium() !== undefined) return [];
  console.log('left out  specs in a browser: no Chromium on PATH, nor in CHROMIUM_PATH');
  return ['--testPathIgnorePatterns', '/node_modules/', '/dist/', '/fixtures/', '\\.browser\\.spec\\.ts$'];
}

async function timed({ name, run }) {
  const start = performance.now();
  const { code, output } = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (code === 0) console.log(`passed  ${name} (${seconds} s)`);
  else console.log(`${output.trim()}\nFAILED  ${name} (${seconds} s)`);
  return { passed: code === 0 };
}

/** Adds to `count` how many tests passed and failed. */
export async function runSpecs(jestArgs, count) {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-specs-'));
  try {
    const file = join(folder, 'results.json');
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
    const code = await runToEnd(pinnedNode(), [...jest, '--json', `--outputFile=${file}`, ...jestArgs]);
    const results = resultsIn(file);
    count.passed += results.numPassedTests;
    // A spec file that could not run at all has no tests that failed.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    count.failed += code === 0 ? failed : Math.max(failed, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Jest leaves no file when it ends early: nothing ran. */
function resultsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
  }
}

/** The last line. Answers the exit code. */
export function report({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
