/**
 * `node tools/run.mjs <task> [arguments]`, behind the npm scripts of the same names. Installs and builds what is missing or out of date,
 * then runs the task with the Node this project pins. Needs Node 20, npm and nothing installed.
 */
import { runChecks } from './checks.mjs';
import { alone } from './lock.mjs';
import { build, install } from './prepare.mjs';
import { Failure, pinnedNode, runToEnd } from './processes.mjs';

const takingTypesOut = ['--no-warnings', '--experimental-transform-types'];
/** What Node is given. Of what is no part of the build it takes the types out as it reads it. */
const programs = {
  start: ['dist/apps/server/main.js'],
  receiver: ['dist/apps/demo/receiver.js'],
  demo: ['dist/apps/demo/demo.js'],
  carillon: ['dist/apps/cli/main.js'],
  bench: ['dist/bench/bench.js'],
  chaos: [...takingTypesOut, 'test/chaos/chaos.ts'],
  'api-types': ['tools/api-types.mjs', 'write'],
  screenshots: [...takingTypesOut, 'test/console/screenshots.ts'],
  'test:engines': [...takingTypesOut, 'tools/engines.mjs'],
};
const tasks = [...Object.keys(programs), 'test'];

async function run([task, ...args]) {
  if (!tasks.includes(task)) throw new Failure(`Say what to run: node tools/run.mjs ${tasks.join('|')} [arguments].`);
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(`Carillon needs Node 20 or newer to start its own; this is ${process.version}.`);
  }
  if (task === 'test') {
    await alone(install);
    return runChecks(args);
  }
  await alone(async () => {
    await install();
    await build();
  });
  return runToEnd(pinnedNode(), [...programs[task], ...args]);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
