import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable, type EventStore } from '../../libs/platform/event-store/index.ts';
import { event, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';

type Append = EventStore['append'];

let installation: Installation;
afterEach(() => installation.dispose());

const open = async (env: Record<string, string> = {}) => {
  installation = await Installation.open({ env });
  await registerWorkspace(installation.api, 'w');
};
const post = async (...events: object[]) => {
  const { status, data, headers } = await installation.api.post('/events', events);
  return { status, retryAfter: headers['retry-after'] as string | undefined, data };
};
const isKept = async (id: string) => (await installation.api.get(`/events/${id}`)).status === 200;

/** The store as it is, but for its appends of platform events, which go through `through`. */
function through(wrap: (append: Append) => Append): () => void {
  const store = installation.parts.eventStore;
  const append = store.append.bind(store);
  const wrapped = wrap(append);
  store.append = (request) => (request.stream.startsWith('platformEvent-') ? wrapped(request) : append(request));
  return () => void (store.append = append);
}

describe('publishing on a disk with less room than MIN_FREE_DISK', () => {
  // The disk of an engine is its own affair.
  const full = { EVENTSTORE_URL: '', MIN_FREE_DISK: String(2 ** 52) };
  it('is a 503 that says when to try again, and takes nothing', async () => {
    await open(full);
    const refused = event('w');
    const { status, retryAfter, data } = await post(refused);
    expect([status, retryAfter, data.status]).toEqual([503, '30', 503]);
    expect(await isKept(refused.id)).toBe(false);
  });

  it('leaves everything else as it is', async () => {
    await open(full);
    expect((await installation.api.get('/workspaces/w')).status).toBe(200);
    await registerWorkspace(installation.api, 'another');
  });
});

describe('publishing to a store that cannot write', () => {
  it('is a 503 that says when to try again, and goes on by itself when it can', async () => {
    await open();
    const heal = through(() => () => Promise.reject(new StoreUnavailable('The disk is full.')));
    const refused = event('w');
    const { status, retryAfter } = await post(refused);
    expect([status, Number(retryAfter) > 0]).toEqual([503, true]);
    heal();
    expect(await publish(installation.api, refused)).toEqual([{ id: refused.id, status: 'accepted' }]);
  });
});

describe('publishing to a store that holds appends back', () => {
  it('is a 503 once more than 5,000 of them wait, and all that was taken before is kept', async () => {
    await open();
    const held: (() => void)[] = [];
    const release = through((append) => async (request) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return append(request);
    });
    const store = installation.parts.eventStore;
    Object.defineProperty(store, 'waiting', { get: () => held.length });
    const events = Array.from({ length: 5_001 }, () => event('w'));
    const answers = Array.from({ length: 6 }, (_, n) =>
      publish(installation.api, ...events.slice(n * 900, n * 900 + 900)),
    );
    while (held.length < events.length) await turn();
    const refused = await post(event('w'));
    expect([refused.status, refused.retryAfter]).toEqual([503, '1']);
    release();
    held.splice(0).forEach((resolve) => resolve());
    expect(new Set((await Promise.all(answers)).flat().map(({ status }) => status))).toEqual(new Set(['accepted']));
    expect((await post(event('w'))).status).toBe(202);
  });
});

describe('what was published lately', () => {
  it('is a duplicate or a conflict without the store being asked, and the conflict reveals nothing', async () => {
    await open();
    const first = event('w');
    const other = { ...first, data: { ...first.data, companyName: 'other' } };
    await publish(installation.api, first);
    let reads = 0;
    const store = installation.parts.eventStore;
    const readStream = store.readStream.bind(store);
    store.readStream = (...request) => {
      reads++;
      return readStream(...request);
    };
    const asked = through(() => () => Promise.reject(new StoreUnavailable('asked')));
    expect((await post(first, other)).data.items).toEqual([
      { id: first.id, status: 'duplicate' },
      { id: first.id, status: 'conflict' },
    ]);
    expect((await post(other)).data).toMatchObject({ status: 409, items: [{ id: first.id, status: 'conflict' }] });
    asked();
    expect(reads).toBe(0);
  });

  it('is answered alike after a restart, from what is stored', async () => {
    await open();
    const first = event('w');
    const other = { ...first, data: { ...first.data, companyName: 'other' } };
    await publish(installation.api, first);
    await installation.close();
    await installation.reopen();
    const items = [
      { id: first.id, status: 'duplicate' },
      { id: first.id, status: 'conflict' },
    ];
    expect((await post(first, other)).data.items).toEqual(items);
    expect((await post(first, other)).data.items).toEqual(items);
  });

  it('in the same request is compared with what came before it', async () => {
    await open();
    const first = event('w');
    const other = { ...first, data: { ...first.data, companyName: 'other' } };
    expect((await publish(installation.api, first, first, other)).map(({ status }) => status)).toEqual([
      'accepted',
      'duplicate',
      'conflict',
    ]);
  });
});
