/**
 * Runs the specs of the engines' adapters, the journeys and the API specs on an EventStoreDB and a MongoDB, or on the one of them that
 * is found: by its URL in EVENTSTORE_URL or MONGODB_URL, as a binary on PATH, or in a container. Arguments go to Jest, such as a path,
 * which leaves the others out.
 */
import { constants } from 'node:os';
import { findEngine } from '../libs/platform/testing/engine.ts';
import { eventStoreDbSearch } from '../libs/platform/event-store/testing/event-store-db-search.ts';
import { mongoSearch } from '../libs/platform/read-model/mongodb/testing/mongo-search.ts';
import { report, runSpecs } from './checks.mjs';

const engines = [
  {
    search: eventStoreDbSearch,
    specs: ['platform/event-store/eventstoredb/**/*.spec.ts', 'platform/platform-streams/eventstoredb/**/*.spec.ts'],
  },
  {
    search: mongoSearch,
    specs: [
      'platform/read-model/mongodb/**/*.spec.ts',
      'platform/leases/mongodb/**/*.spec.ts',
      'modules/**/*.contract.spec.ts',
    ],
  },
].map(({ search, specs }) => ({ search, specs, engine: findEngine(search) }));
const stop = () => Promise.allSettled(engines.map(async ({ engine }) => (await engine)?.stop()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void stop().then(() => process.exit(128 + constants.signals[signal])));
}

/** Without who may use it. */
const shown = (url) => url.replace(/\/\/[^/?]*@/, '//');

async function run(jestArgs) {
  const specs = ['test/**/*.{journey,api}.spec.ts'];
  for (const { search, specs: own, engine } of engines) {
    const { url } = (await engine) ?? {};
    if (url === undefined) continue;
    console.log(`${search.name} at ${shown(url)}`);
    process.env[search.variable] = url;
    specs.push(...own.map((pattern) => `libs/${pattern}`));
  }
  if (specs.length === 1) {
    console.error('Nothing was tested: neither EventStoreDB nor MongoDB was found. Set EVENTSTORE_URL or MONGODB_URL.');
    return 1;
  }
  const count = { passed: 0, failed: 0 };
  const only = specs.map((pattern) => `--testMatch=<rootDir>/${pattern}`);
  // Answers come over a network, and perhaps from a small machine.
  await runSpecs([...only, '--testTimeout=180000', ...jestArgs], count);
  return report(count);
}

try {
  await Promise.all(engines.map(({ engine }) => engine));
  process.exitCode = await run(process.argv.slice(2));
} finally {
  await stop();
}
