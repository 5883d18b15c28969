import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidConfiguration, readConfig } from '../../../libs/platform/config/index.ts';
import { StoreUnavailable, type EventStore } from '../../../libs/platform/event-store/index.ts';
import { openEventStoreDb } from '../../../libs/platform/event-store/eventstoredb/event-store-db.ts';
import { ReadModelUnavailable } from '../../../libs/platform/read-model/index.ts';
import { DONE, FAILED, type Command, type Environment, type Output } from '../command.ts';
import { migrate } from './migration.ts';
import { checkEmpty } from './mongo-check.ts';
import { patiently } from './patience.ts';
import { progressLines } from './progress-lines.ts';
import { MigrationRefused } from './refused.ts';
import { openSourceFolder } from './source-folder.ts';

type OpenTarget = (options: { readonly url: string; readonly prefix: string }) => Promise<EventStore>;
type Settings = {
  readonly url: string;
  readonly key: string;
  readonly folder: string;
  readonly prefix: string;
  readonly mongoUrl: string;
};

export const migrateStoreTo = (open: OpenTarget): Command => ({
  summary: 'Copies the events of a data folder into the EventStoreDB of EVENTSTORE_URL.',
  usage: '[--from <data folder>]',
  run: async (args, env, out) => {
    const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' } } });
    const settings = settingsOf(env, values.from);
    const stop = new AbortController();
    const interrupt = () => stop.abort(new Interrupted('Interrupted.'));
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    try {
      await run(settings, open, out, stop.signal);
    } catch (error) {
      return tell(error, out);
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
    for (const line of whatIsNext(settings)) out.say(line);
    return DONE;
  },
});

export const migrateStore = migrateStoreTo(openEventStoreDb);

async function run(settings: Settings, open: OpenTarget, { say }: Output, stopping: AbortSignal): Promise<void> {
  const { folder, url, prefix, key: given, mongoUrl } = settings;
  const source = openSourceFolder(folder);
  try {
    if (mongoUrl !== '') await checkEmpty(mongoUrl);
    const target = await patiently(() => opened(open, { url, prefix }), stopping);
    try {
      const keys = { given, kept: source.key };
      await migrate({ source: source.store, target, keys, say, progress: progressLines(say), stopping });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function opened(open: OpenTarget, options: Parameters<OpenTarget>[0]): Promise<EventStore> {
  try {
    return await open(options);
  } catch (error) {
    if (error instanceof TypeError) throw new InvalidConfiguration(error.message);
    throw error;
  }
}

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

function tell(error: unknown, { complain }: Output): number {
  if (error instanceof Interrupted || error instanceof StoreUnavailable) complain(`${error.message} ${HOW_TO_GO_ON}`);
  else if (error instanceof MigrationRefused || error instanceof ReadModelUnavailable) complain(error.message);
  else throw error;
  return FAILED;
}

const HOW_TO_GO_ON =
  'What is copied stays: run the same command again to go on. Until it is done start no server on the target or on the data folder.';

/** What a server needs besides is not asked for. */
function settingsOf(env: Environment, from: string | undefined): Settings {
  const { EVENTSTORE_URL: url = '', ENCRYPTION_KEY: key = '', DATA_DIR, STREAM_PREFIX, MONGODB_URL } = env;
  const config = readConfig({ DATA_DIR, STREAM_PREFIX, MONGODB_URL, ENCRYPTION_KEY: key });
  const missing = Object.entries({ EVENTSTORE_URL: url, ENCRYPTION_KEY: key }).filter(([, value]) => value === '');
  if (missing.length > 0)
    throw new InvalidConfiguration(
      `${missing.map(([name]) => name).join(' and ')} must be set: where to copy to, and the key that the data was sealed with.`,
    );
  return { url, key, folder: from ?? config.dataDir, prefix: config.streamPrefix, mongoUrl: config.mongoUrl };
}

const whatIsNext = ({ folder, prefix }: Settings): string[] => [
  '',
  `The target holds what ${resolve(folder)} holds. Now start the server with`,
  `  EVENTSTORE_URL, ENCRYPTION_KEY, and STREAM_PREFIX=${prefix}`,
  '  MONGODB_URL, naming a database that no Carillon has used',
  '  DATA_DIR, naming another folder: what this one has beside the events is of no use to them now',
  '  BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET',
  'Its first start builds the projections from the events; GET /health/ready says how far each of them is behind.',
  'Keep this data folder until they have caught up, and start no server on it any more.',
];
