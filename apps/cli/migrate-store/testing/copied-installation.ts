import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../../../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { migrateStoreTo } from '../migrate-store.command.ts';

/** A folder that an installation is copied into, as if it were an engine. */
export class CopiedInstallation {
  readonly said: string[] = [];
  readonly complaints: string[] = [];

  private constructor(
    readonly from: string,
    readonly folder: string,
  ) {}

  static async of(from: string): Promise<CopiedInstallation> {
    return new CopiedInstallation(from, await mkdtemp(join(tmpdir(), 'carillon-')));
  }

  key(): Promise<string> {
    return readFile(join(this.from, 'encryption.key'), 'utf8');
  }

  /** The exit code of the command. */
  async migrate(env: Record<string, string> = {}): Promise<number> {
    const command = migrateStoreTo(async () => new SqliteEventStore(join(this.folder, 'events.db')));
    const settings = {
      EVENTSTORE_URL: 'esdb://127.0.0.1:2113',
      ENCRYPTION_KEY: env['ENCRYPTION_KEY'] ?? (await this.key()),
      ...env,
    };
    return command.run(['--from', this.from], settings, {
      say: (line) => void this.said.push(line),
      complain: (line) => void this.complaints.push(line),
    });
  }

  /** A server on the copy. */
  async start(env: Record<string, string> = {}): Promise<Installation> {
    return Installation.start({ env: { ...env, DATA_DIR: this.folder, ENCRYPTION_KEY: await this.key() } });
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
