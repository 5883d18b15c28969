import { join } from 'node:path';
import type { EngineSearch } from '../../testing/engine.ts';

const TELEMETRY_OFF = { EVENTSTORE_TELEMETRY_OPTOUT: 'true', KURRENTDB_TELEMETRY_OPTOUT: 'true' };

/** EventStoreDB, or KurrentDB, which is its later name. */
export const eventStoreDbSearch: EngineSearch = {
  name: 'EventStoreDB',
  variable: 'EVENTSTORE_URL',
  binaries: ['eventstored', 'EventStore.ClusterNode', 'kurrentd', 'KurrentDB'],
  command: ({ port, folder, durable }) => ({
    arguments: [
      '--insecure',
      ...(durable ? ['--db', join(folder, 'data')] : ['--mem-db']),
      ...['--log', join(folder, 'logs')],
      ...['--node-ip', '127.0.0.1', '--node-port', String(port), '--replication-ip', '127.0.0.1'],
      ...['--run-projections', 'None'],
      // Much less than a server of its own machine would take.
      ...['--stream-existence-filter-size', '10000000', '--chunks-cache-size', '33554432'],
    ],
    environment: TELEMETRY_OFF,
  }),
  url: (host, port) => `esdb://${host}:${port}?tls=false`,
  isReady: async (url) => (await fetch(url.replace(/^esdb:(.*)\?.*$/, 'http:$1/health/live'))).status === 204,
  image: {
    name: 'eventstore/eventstore:24.10.14',
    port: 2113,
    environment: {
      ...{ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' },
      ...TELEMETRY_OFF,
    },
  },
};
