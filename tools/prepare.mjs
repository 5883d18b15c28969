import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Failure, pinnedNode, root, runNpm, runQuietly } from './processes.mjs';

const lockfile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules/.carillon-stamp');
const buildStamp = join(root, 'dist/.carillon-stamp');
const consoleStamp = join(root, 'dist/.carillon-console-stamp');
const consoleSources = join(root, 'apps/console');
const benchResults = join(root, 'bench/results');

const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const stampIn = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined);

/** Installs the dependencies when they are not those of package-lock.json. */
export async function install() {
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  const found = stampIn(installStamp);
  if (found === wanted) return;
  // npm writes this file last: newer than the lockfile, it tells of an install by hand that is complete.
  const byHand = found === undefined && modified(join(root, 'node_modules/.package-lock.json')) > modified(lockfile);
  if (!byHand) {
    console.log('Installing the dependencies (npm ci)...');
    const code = await runNpm(['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error']);
    if (code !== 0) throw new Failure(`npm ci failed with exit code ${code}; its own message is above.`);
  }
  writeFileSync(installStamp, `${wanted}\n`);
}

function* filesUnder(path) {
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules' && name !== 'dist') yield* filesUnder(join(path, name));
  }
}

function hashOf(sources, isLeftOut) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(source)) {
      if (file.endsWith('.spec.ts') || isLeftOut(file)) continue;
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

const SETTINGS = ['nest-cli.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json'];
const serverHash = () =>
  hashOf(
    ['apps', 'bench', 'libs', ...SETTINGS].map((name) => join(root, name)),
    (file) => file.startsWith(benchResults) || file.startsWith(consoleSources + sep),
  );
const consoleHash = () => hashOf([consoleSources, join(root, 'package-lock.json')], () => false);

/** Compiles into dist/ what has changed since that was done. */
export async function build() {
  await buildUnlessDone('server', buildStamp, serverHash(), ['node_modules/@nestjs/cli/bin/nest.js', 'build']);
  await buildUnlessDone('console', consoleStamp, consoleHash(), ['tools/build-console.mjs']);
}

async function buildUnlessDone(what, stamp, wanted, args) {
  if (stampIn(stamp) === wanted) return;
  console.log(`Building the ${what}...`);
  const { code, output } = await runQuietly(pinnedNode(), args);
  if (code !== 0) throw new Failure(`${output.trim()}\nThe build of the ${what} failed.`);
  writeFileSync(stamp, `${wanted}\n`);
}
