import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeliveryEvent } from '../../libs/modules/delivery/contract.ts';

const SUCCEEDED: DeliveryEvent['type'] = 'AttemptSucceeded';
const FAILED: DeliveryEvent['type'] = 'AttemptFailed';
const PATIENCE_MS = 60_000;

/** Counts the outcomes that are durable, in the file of the embedded store: an answer of the API may run ahead of the disk or behind. */
export class Outcomes {
  readonly #database: DatabaseSync;
  readonly #newer: StatementSync;
  #position: number;
  #count = 0;

  /** Those recorded from now on. */
  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, 'events.db'), { readOnly: true, timeout: 5_000 });
    this.#newer = this.#database.prepare(
      `SELECT max(position) AS position, count(*) FILTER (WHERE type IN ('${SUCCEEDED}', '${FAILED}')) AS count
       FROM events WHERE position > ?`,
    );
    const last = this.#database.prepare('SELECT max(position) AS position FROM events').get();
    this.#position = Number(last?.['position'] ?? 0);
  }

  get count(): number {
    const { position, count } = this.#newer.get(this.#position) as { position: number | null; count: number };
    this.#position = position ?? this.#position;
    this.#count += count;
    return this.#count;
  }

  /** @throws when nothing is recorded for a minute and some are missing still. */
  async reached(wanted: number): Promise<void> {
    let before = 0;
    let since = performance.now();
    for (let now = this.count; now < wanted; now = this.count) {
      if (now > before) since = performance.now();
      else if (performance.now() - since > PATIENCE_MS)
        throw new Error(`Only ${now} of ${wanted} outcomes are recorded.`);
      before = now;
      await delay(5);
    }
  }

  close(): void {
    this.#database.close();
  }
}
