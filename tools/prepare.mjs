import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Failure, pinnedNode, root, runNpm, runQuietly } from './processes.mjs';

const lockfile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules/.carillon-stamp');
const buildStamp = join(root, 'dist/.carillon-stamp');
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

function sourceHash() {
  const hash = createHash('sha256');
  const settings = ['nest-cli.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json'];
  for (const source of ['apps', 'bench', 'libs', ...settings]) {
    for (const file of filesUnder(join(root, source))) {
      if (file.endsWith('.spec.ts') || file.startsWith(benchResults)) continue;
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** Compiles into dist/ unless that was done for the sources as they are now. */
export async function build() {
  const wanted = sourceHash();
  if (stampIn(buildStamp) === wanted) return;
  console.log('Building (nest build)...');
  const { code, output } = await runQuietly(pinnedNode(), ['node_modules/@nestjs/cli/bin/nest.js', 'build']);
  if (code !== 0) throw new Failure(`${output.trim()}\nThe build failed.`);
  writeFileSync(buildStamp, `${wanted}\n`);
}
