import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { SqliteEventStore } from '../../event-store/embedded/sqlite-event-store.ts';
import type { DomainEvent, Recorded } from '../../kernel/index.ts';
import { openSqliteReadModel } from '../../read-model/embedded/sqlite-read-model.ts';
import type { ReadModel } from '../../read-model/index.ts';

export const logger = pino({ level: 'silent' });

/** Real stores in a temporary folder, and what has to be stopped before they close. */
export class Stores {
  events!: SqliteEventStore;
  readModel!: ReadModel;
  readonly #running: { stop(): Promise<void> }[] = [];

  private constructor(readonly folder: string) {}

  static async open(): Promise<Stores> {
    const stores = new Stores(await mkdtemp(join(tmpdir(), 'carillon-')));
    stores.#connect();
    return stores;
  }

  /** Is stopped before the stores close. */
  running<R extends { stop(): Promise<void> }>(runner: R): R {
    this.#running.push(runner);
    return runner;
  }

  append(stream: string, ...events: DomainEvent[]): Promise<readonly Recorded[]> {
    return this.events.append({
      stream,
      expected: 'any',
      events: events.map((event) => ({ ...event, id: randomUUID() })),
      metadata: { at: 0, actor: 'client:tester', traceId: `trace of ${stream}` },
    });
  }

  /** As a new process finds them. */
  async reopen(): Promise<void> {
    await this.#disconnect();
    this.#connect();
  }

  /** The documents stay, and belong to a history that is no more. */
  async loseEvents(): Promise<void> {
    await this.#disconnect();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(this.folder, `events.db${suffix}`), { force: true });
    this.#connect();
  }

  async dispose(): Promise<void> {
    await this.#disconnect();
    await rm(this.folder, { recursive: true, force: true });
  }

  #connect(): void {
    this.events = new SqliteEventStore(join(this.folder, 'events.db'));
    this.readModel = openSqliteReadModel(join(this.folder, 'read-models.db'));
  }

  async #disconnect(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((runner) => runner.stop()));
    await this.events.close();
    await this.readModel.close();
  }
}

/** Something to wait for, opened by hand. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
