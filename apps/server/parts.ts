import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import { InvalidConfiguration, type Config } from '../../libs/platform/config/index.ts';
import { lockDataFolder } from '../../libs/platform/event-store/embedded/data-folder-lock.ts';
import type { Clock, Ids } from '../../libs/platform/kernel/index.ts';
import type { Mailer, MailOutbox } from '../../libs/platform/mail/index.ts';
import { openMailer, openMailOutbox } from '../../libs/platform/mail/open-mailer.ts';
import { addressPolicy, OutboundClient } from '../../libs/platform/outbound-http/index.ts';
import { openKeptClock, randomIds, systemClock, type Logger } from '../../libs/platform/runtime/index.ts';
import { sealingKey, type SealingKey } from '../../libs/platform/sealing/index.ts';
import { openStores, type Stores, type StoresOptions } from './stores.ts';

/** What the server is put together from. */
export type Parts = Stores & {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly sealingKey: SealingKey;
  readonly outbound: Pick<OutboundClient, 'post'>;
  readonly mailer: Mailer;
  readonly mailOutbox: MailOutbox | undefined;
};

export type PartsOptions = Partial<
  Pick<Parts, 'clock' | 'logger' | 'outbound' | 'mailer' | 'ownerships' | 'platformStreams'> & StoresOptions
>;

/**
 * @throws {StoreUnavailable | ReadModelUnavailable} when an engine cannot be reached now; nothing stays open.
 * @throws {InvalidConfiguration | DataFolderInUse} when trying again is of no use.
 */
export async function openParts(config: Config, { writer = 'inline', ...replaced }: PartsOptions = {}): Promise<Parts> {
  const logger = replaced.logger ?? pino({ level: config.logLevel });
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const isEmbedded = config.eventStoreUrl === '' || config.mongoUrl === '';
  const lock = isEmbedded ? lockDataFolder(config.dataDir) : undefined;
  try {
    const clock = replaced.clock ?? clockOf(config);
    const key = sealingKey(encryptionKey(config));
    const stores = await openStores(config, { logger, writer });
    const outbound = new OutboundClient({ policy: addressPolicy({ allow: [...config.outboundAllow] }) });
    const { smtpUrl, mailFrom, dataDir } = config;
    const folder = join(dataDir, 'mail');
    const mailer = openMailer({ smtpUrl, mailFrom, folder });
    const mailOutbox = openMailOutbox({ smtpUrl, folder });
    const close = async () => {
      await mailer.close();
      await outbound.close();
      await stores.close();
      lock?.release();
    };
    const own = { config, clock, ids: randomIds, logger, sealingKey: key, outbound, mailer, mailOutbox };
    return { ...stores, ...own, ...replaced, close };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function clockOf({ clock, dataDir }: Config): Clock {
  if (clock === 'system') return systemClock;
  try {
    return openKeptClock(join(dataDir, 'clock'));
  } catch (error) {
    throw new InvalidConfiguration((error as Error).message);
  }
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
