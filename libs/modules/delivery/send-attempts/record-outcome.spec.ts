import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { StoreUnavailable, type AppendRequest } from '../../../platform/event-store/index.ts';
import { randomIds } from '../../../platform/runtime/index.ts';
import { pino } from 'pino';
import type { RecordOutcome } from '../delivery/delivery.commands.ts';
import { delivery } from '../delivery/delivery.decider.ts';
import type { DeliveryEvent } from '../delivery/delivery.events.ts';
import {
  failed,
  failure,
  of,
  recordAttempt,
  recordRenderingFailure,
  renderingFailed,
  success,
} from '../delivery/testing/delivery-fixtures.ts';
import { recordOutcome } from './record-outcome.ts';
import { append, deliveryWith } from './testing/documents.ts';

/** A store whose disk can be full: `refuses` appends from now on, or the next few after letting some through. */
class SometimesFull extends SqliteEventStore {
  lets = Infinity;
  refuses = 0;
  reads = 0;
  onRefusal: () => void = () => undefined;

  override append(request: AppendRequest) {
    if (this.lets-- > 0 || this.refuses-- <= 0) return super.append(request);
    this.onRefusal();
    return Promise.reject(new StoreUnavailable('The disk is full.'));
  }

  override readStream(...request: Parameters<SqliteEventStore['readStream']>) {
    this.reads++;
    return super.readStream(...request);
  }
}

let folder: string;
let store: SometimesFull;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SometimesFull(join(folder, 'events.db'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const STREAM = `delivery-${of.deliveryId}`;
const events = async () => (await store.readStream(STREAM)).map(({ type, data }) => ({ type, data }));
/** The document after these events of the delivery. */
const documentAfter = (...history: DeliveryEvent[]) =>
  deliveryWith(of.deliveryId, {
    state: history.reduce(delivery.evolve, delivery.initialState()),
    revision: history.length - 1,
  });
const record = (
  document = documentAfter(),
  command: RecordOutcome = recordAttempt(1, success),
  stopping: AbortSignal = new AbortController().signal,
) => recordOutcome(store, randomIds, document, command, stopping, pino({ level: 'silent' }));

describe('an outcome', () => {
  it('is appended to the stream as the document has it, which is not read', async () => {
    const recording = await record();
    expect(store.reads).toBe(0);
    expect(recording).toMatchObject({ position: 1, events: [{ type: 'AttemptSucceeded', data: { attempt: 1 } }] });
    expect(await events()).toEqual(recording.events);
  });

  it('is decided on the state that the document carries', async () => {
    const history = [failed(1, 1), failed(2, 2), failed(3, 3)];
    await append(store, STREAM, ...history);
    const recording = await record(documentAfter(...history), recordAttempt(4, failure));
    expect(recording.events.map(({ type }) => type)).toEqual(['AttemptFailed', 'DeliveryExhausted']);
    expect(recording.position).toBe(await store.head());
  });

  it('is decided on the stream when the document is behind', async () => {
    const redelivery: DeliveryEvent = { type: 'RedeliveryRequested', data: { ...of, round: 2, epoch: 1, dueAt: 0 } };
    await append(store, STREAM, failed(1, 1), redelivery);
    const recording = await record(documentAfter(failed(1, 1)), recordAttempt(2, failure));
    expect(recording.events).toMatchObject([{ type: 'AttemptFailed', data: { attempt: 2, nextAttemptAt: null } }]);
    expect(recording.position).toBe(3);
    expect(await events()).toHaveLength(3);
  });

  it('that the stream has already is not recorded twice', async () => {
    await record();
    const again = await record(documentAfter(), recordAttempt(1, failure));
    expect(await events()).toHaveLength(1);
    expect(again.position).toBe(1);
    expect(await record(documentAfter(failed(1, 1)), recordAttempt(1, failure))).toEqual({ position: 1, events: [] });
  });
});

describe('that an alert cannot be rendered', () => {
  it('is recorded as an outcome is, once, also when the document is behind', async () => {
    expect(await record(documentAfter(), recordRenderingFailure())).toMatchObject({ position: 1 });
    expect(await events()).toEqual([renderingFailed()]);
    expect(await record(documentAfter(), recordRenderingFailure())).toEqual({ position: 1, events: [] });
    expect(await events()).toHaveLength(1);
  });

  it('says nothing of a delivery that has succeeded meanwhile', async () => {
    await record();
    expect(await record(documentAfter(), recordRenderingFailure())).toEqual({ position: 1, events: [] });
    expect(await events()).toMatchObject([{ type: 'AttemptSucceeded' }]);
  });
});

describe('a store that cannot write', () => {
  it('is tried until it can', async () => {
    store.lets = 0;
    store.refuses = 3;
    expect(await record()).toMatchObject({ position: 1 });
    expect(await events()).toMatchObject([{ type: 'AttemptSucceeded' }]);
  });

  it('is tried until it can when the document is behind too', async () => {
    await append(store, STREAM, failed(1, 1));
    store.lets = 1;
    store.refuses = 2;
    expect(await record(documentAfter(), recordAttempt(2, success))).toMatchObject({ position: 2 });
    expect(store.refuses).toBe(-1);
    expect(await events()).toMatchObject([{ type: 'AttemptFailed' }, { type: 'AttemptSucceeded' }]);
  });

  it('is given up when the sender stops, with nothing recorded', async () => {
    store.lets = 0;
    store.refuses = Infinity;
    const stopping = new AbortController();
    store.onRefusal = () => stopping.abort();
    await expect(record(documentAfter(), recordAttempt(1, success), stopping.signal)).rejects.toThrow(/abort/);
    expect(await events()).toEqual([]);
  });

  it('is tried once more though the sender has been told to stop', async () => {
    await expect(record(documentAfter(), recordAttempt(1, success), AbortSignal.abort())).resolves.toMatchObject({
      position: 1,
    });
  });

  it('is tried until it works, whatever went wrong: the alert is not sent again for it', async () => {
    await append(store, STREAM, failed(1, 1));
    const read = store.readStream.bind(store);
    let failures = 3;
    store.readStream = async (...request) => {
      if (failures-- > 0) throw new Error('disk I/O error');
      return read(...request);
    };
    expect(await record(documentAfter(), recordAttempt(2, success))).toMatchObject({ position: 2 });
  });
});
