import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import type { Collection, ReadModel } from '../../../platform/read-model/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { deliveryWith } from '../send-attempts/testing/documents.ts';
import { rangeOf, readPage, type Range, type Wanted } from './redelivery-pages.ts';

let folder: string;
let readModel: ReadModel;
let collection: Collection<DeliveryDocument>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  readModel = openSqliteReadModel(join(folder, 'read-models.db'));
  collection = await readModel.live(deliveries);
});
afterEach(async () => {
  await readModel.close();
  await rm(folder, { recursive: true });
});

let commits = 0;
const store = (documents: readonly DeliveryDocument[]) =>
  collection.commit(
    documents.map((document) => ({ id: document.deliveryId, position: ++commits, document })),
    commits,
  );
const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  ...{ webhookId: 'hook', what: 'all', since: null, until: null },
  ...changes,
});
const EVERYTHING: Range = { after: -1, upTo: 1_000 };

/** All pages, one after the other. */
async function walked(of: Wanted, range: Range, limit: number): Promise<number[]> {
  const positions: number[] = [];
  for (let after = range.after; ;) {
    const page = await readPage(collection, of, { ...range, after }, limit);
    expect(page.length).toBeLessThanOrEqual(limit);
    positions.push(...page.map(({ eventPosition }) => eventPosition));
    if (page.length < limit) return positions;
    after = page.at(-1)?.eventPosition ?? Infinity;
  }
}

const outcomes = ['unfinished', 'succeeded', 'exhausted', 'unrendered', 'skipped'] as const;
const mixed = Array.from({ length: 60 }, (_, n) =>
  deliveryWith(`d${n}`, {
    eventPosition: n * 3,
    createdAt: n * 1_000,
    outcome: outcomes[n % outcomes.length] ?? 'unfinished',
  }),
);
const positionsOf = (fits: (document: DeliveryDocument) => boolean) =>
  mixed.filter(fits).map(({ eventPosition }) => eventPosition);

describe('the pages of a job', () => {
  it.each([1, 7, 200])('of %i hold each delivery once, in the order of the events', async (limit) => {
    await store(mixed);
    expect(await walked(wanted(), EVERYTHING, limit)).toEqual(positionsOf(() => true));
    expect(await walked(wanted({ what: 'not-delivered' }), EVERYTHING, limit)).toEqual(
      positionsOf(({ outcome }) => outcome !== 'succeeded'),
    );
    expect(await walked(wanted({ what: 'held' }), EVERYTHING, limit)).toEqual(
      positionsOf(({ outcome }) => outcome === 'unfinished'),
    );
  });

  it('hold nothing of other webhooks, no tests, and nothing beyond the range', async () => {
    await store([
      deliveryWith('mine', { eventPosition: 5 }),
      deliveryWith('last', { eventPosition: 9 }),
      deliveryWith('before', { eventPosition: 4 }),
      deliveryWith('after', { eventPosition: 10 }),
      deliveryWith('other', { eventPosition: 6, webhookId: 'other' }),
      deliveryWith('test', { eventPosition: 7, kind: 'test' }),
    ]);
    expect(await walked(wanted(), { after: 4, upTo: 9 }, 200)).toEqual([5, 9]);
  });

  it('hold what was created in the time asked for: from its beginning on, and before its end', async () => {
    await store(mixed);
    const time = wanted({ since: 10_000, until: 20_000 });
    const expected = positionsOf(({ createdAt }) => createdAt >= 10_000 && createdAt < 20_000);
    expect(await walked(time, EVERYTHING, 3)).toEqual(expected);
  });
});

describe('the pages of a job with a filter', () => {
  const FAR = 7_000;
  const codes = [404, 500, 503];
  const far = mixed.map((document, n) => ({
    ...document,
    eventPosition: n * FAR,
    ...(document.outcome === 'exhausted'
      ? { lastStatusCode: codes[n % codes.length], lastErrorClass: 'http-status' }
      : {}),
    type: n < 50 ? 'created' : 'removed',
  }));
  const all: Range = { after: -1, upTo: 60 * FAR };
  const positions = (fits: (document: DeliveryDocument) => boolean) =>
    far.filter(fits).map(({ eventPosition }) => eventPosition);

  it.each([1, 7, 200])('of %i hold what fits, each once and in order, however far it lies apart', async (limit) => {
    await store(far);
    const pages = (filter: Wanted['filter'], what: Wanted['what'] = 'all') =>
      walked(wanted({ what, filter }), all, limit);
    expect(await pages({ code: '5xx' })).toEqual(positions(({ lastStatusCode = 0 }) => lastStatusCode >= 500));
    expect(await pages({ code: '404' })).toEqual(positions(({ lastStatusCode }) => lastStatusCode === 404));
    expect(await pages({ type: 'removed' })).toEqual(positions(({ type }) => type === 'removed'));
    expect(await pages({ status: 'held' })).toEqual(positions(({ outcome }) => outcome === 'unfinished'));
    expect(await pages({ status: 'skipped' })).toEqual(positions(({ outcome }) => outcome === 'skipped'));
    expect(await pages({ status: 'skipped' }, 'held')).toEqual([]);
    expect(await pages({ event: 'event of d7' })).toEqual([7 * FAR]);
  });

  it('hold all of the range, and nothing beyond it, wherever a look at it ends', async () => {
    const at = [0, 19_999, 20_000, 20_001, 39_999, 40_000, 50_000, 50_001];
    await store(at.map((eventPosition) => deliveryWith(`d${eventPosition}`, { eventPosition })));
    const range = { after: -1, upTo: 50_000 };
    expect(await walked(wanted({ filter: { type: 'created' } }), range, 3)).toEqual(at.slice(0, -1));
  });

  it('hold the chosen ones that what and range have', async () => {
    await store([...far, deliveryWith('strange', { webhookId: 'other' }), deliveryWith('test', { kind: 'test' })]);
    const deliveryIds = ['d9', 'd1', 'd2', 'd3', 'd30', 'strange', 'test', 'unknown'];
    for (const limit of [1, 3, 200]) {
      const chosen = (what: Wanted['what']) => walked(wanted({ what, deliveryIds }), { ...all, upTo: 9 * FAR }, limit);
      expect(await chosen('all')).toEqual([1, 2, 3, 9].map((n) => n * FAR));
      expect(await chosen('not-delivered')).toEqual([2, 3, 9].map((n) => n * FAR));
    }
  });
});

describe('the range of a time', () => {
  const MINUTE = 60_000;
  const hourly = Array.from({ length: 100 }, (_, n) =>
    deliveryWith(`d${n}`, { eventPosition: n * 10, createdAt: n * 60 * MINUTE }),
  );

  it('has all of the time, and little else', async () => {
    await store(hourly);
    const range = await rangeOf(collection, wanted({ since: 600 * MINUTE, until: 660 * MINUTE }), EVERYTHING);
    expect(range.after).toBeLessThan(100);
    expect(range.after).toBeGreaterThanOrEqual(90);
    expect(range.upTo).toBeGreaterThanOrEqual(100);
    expect(range.upTo).toBeLessThan(120);
  });

  it('without a time is the whole', async () => {
    await store(hourly);
    expect(await rangeOf(collection, wanted(), EVERYTHING)).toEqual(EVERYTHING);
  });

  it('never leaves out what was created in it, though requests are stored in another order than they came', async () => {
    const delays = Array.from({ length: 80 }, (_, n) => (n * 7_919) % MINUTE);
    const near = delays.map((delay, n) =>
      deliveryWith(`n${n}`, { eventPosition: n * 2, createdAt: n * 20_000 + delay }),
    );
    await store(near);
    const instant = fc.integer({ min: 0, max: 80 * 20_000 });
    await fc.assert(
      fc.asyncProperty(instant, instant, fc.integer({ min: -1, max: 200 }), async (a, b, after) => {
        const time = wanted({ since: Math.min(a, b), until: Math.max(a, b) });
        const range = await rangeOf(collection, time, { after, upTo: 170 });
        const inRange = await walked(time, range, 200);
        expect(inRange).toEqual(await walked(time, { after, upTo: 170 }, 200));
      }),
      { numRuns: 50 },
    );
  });
});
