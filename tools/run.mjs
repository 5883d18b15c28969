/**
 * `node tools/run.mjs start|receiver|demo|bench|chaos|carillon|test|test:engines [arguments]`, behind the npm scripts of the same names. Installs and builds what is
 * missing or out of date, then runs the program with the Node this project pins. Needs Node 20, npm and nothing installed.
 */
import { runChecks } from './checks.mjs';
import { alone } from './lock.mjs';
import { build, install } from './prepare.mjs';
import { Failure, pinnedNode, runToEnd } from './processes.mjs';

/** What Node is given. `chaos` and `test:engines` are no part of the build: Node takes the types out of what they read as it reads it. */
const programs = {
  start: ['dist/apps/server/main.js'],
  receiver: ['dist/apps/demo/receiver.js'],
  demo: ['dist/apps/demo/demo.js'],
  carillon: ['dist/apps/cli/main.js'],
  bench: ['dist/bench/bench.js'],
  chaos: ['--no-warnings', '--experimental-transform-types', 'test/chaos/chaos.ts'],
  'test:engines': ['--no-warnings', '--experimental-transform-types', 'tools/engines.mjs'],
};

async function run([task, ...args]) {
  const program = Object.hasOwn(programs, task ?? '') ? programs[task] : undefined;
  if (program === undefined && task !== 'test') {
    throw new Failure(
      'Say what to run: node tools/run.mjs start|receiver|demo|bench|chaos|carillon|test|test:engines [arguments].',
    );
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(`Carillon needs Node 20 or newer to start its own; this is ${process.version}.`);
  }
  if (program === undefined) {
    await alone(install);
    return runChecks(args);
  }
  await alone(async () => {
    await install();
    await build();
  });
  return runToEnd(pinnedNode(), [...program, ...args]);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
