import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import { InvalidConfiguration, type Config } from '../../libs/platform/config/index.ts';
import { lockDataFolder } from '../../libs/platform/event-store/embedded/data-folder-lock.ts';
import { SqliteEventStore } from '../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import type { EventStore } from '../../libs/platform/event-store/index.ts';
import type { Clock, Ids } from '../../libs/platform/kernel/index.ts';
import { addressPolicy, OutboundClient } from '../../libs/platform/outbound-http/index.ts';
import { openSqliteReadModel } from '../../libs/platform/read-model/embedded/sqlite-read-model.ts';
import type { ReadModel } from '../../libs/platform/read-model/index.ts';
import { randomIds, systemClock, type Logger } from '../../libs/platform/runtime/index.ts';
import { sealingKey, type SealingKey } from '../../libs/platform/sealing/index.ts';

/** What the server is put together from. */
export type Parts = {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly eventStore: EventStore;
  readonly readModel: ReadModel;
  readonly sealingKey: SealingKey;
  readonly outbound: Pick<OutboundClient, 'post'>;
  readonly close: () => Promise<void>;
};

export type PartsOptions = Partial<Pick<Parts, 'clock' | 'logger' | 'outbound'>> & {
  /** Whether the stores write in threads of their own, which leaves this one to serve, or inline, which starts faster. */
  readonly writer?: 'thread' | 'inline';
};

/** The embedded stores, in one folder that belongs to this process while it runs. */
export function openParts(config: Config, { writer = 'inline', ...replaced }: PartsOptions = {}): Parts {
  const folder = config.dataDir;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockDataFolder(folder);
  const key = sealingKey(encryptionKey(config));
  const eventStore = new SqliteEventStore(join(folder, 'events.db'), { writer });
  const readModel = openSqliteReadModel(join(folder, 'read-models.db'), { writer });
  const outbound = new OutboundClient({ policy: addressPolicy({ allow: [...config.outboundAllow] }) });
  return {
    config,
    clock: systemClock,
    ids: randomIds,
    logger: pino({ level: config.logLevel }),
    eventStore,
    readModel,
    sealingKey: key,
    outbound,
    ...replaced,
    close: async () => {
      await outbound.close();
      await eventStore.close();
      await readModel.close();
      lock.release();
    },
  };
}

/** From the environment, or made once and kept beside the data it protects. */
function encryptionKey({ encryptionKey: given, dataDir }: Config): Buffer {
  if (given !== undefined) return Buffer.from(given, 'hex');
  const file = join(dataDir, 'encryption.key');
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'events.db'))) {
      throw new InvalidConfiguration(
        `${file} is missing, and the secrets in events.db open with no other key: restore it, or set ENCRYPTION_KEY.`,
      );
    }
    // Whole or not at all: half a key would lock the installation out of its own secrets.
    writeFileSync(`${file}.new`, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}
