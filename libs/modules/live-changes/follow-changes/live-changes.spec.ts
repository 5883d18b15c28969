import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../../platform/http/index.ts';
import { Refusal, type Position } from '../../../platform/kernel/index.ts';
import type { Projections } from '../../../platform/processing/index.ts';
import { gate, logger, Stores } from '../../../platform/processing/testing/stores.ts';
import { ManualClock } from '../../../platform/runtime/index.ts';
import type { WorkspaceDirectory, WorkspaceDocument } from '../../identity/contract.ts';
import { LiveChanges } from './live-changes.ts';
import { callerOf, delivered, revoked } from './testing/events.ts';
import { Hearing } from './testing/heard.ts';

let stores: Stores;
let pace: ManualClock;
let live: LiveChanges;
/** Below the root are a tenant, `shop`, with branches, and others. */
const tree: Pick<WorkspaceDirectory, 'get'> = {
  get: (id) => {
    const parentWorkspaceId = id === 'root' ? null : id.startsWith('branch') ? 'shop' : 'root';
    return { parentWorkspaceId } as WorkspaceDocument;
  },
};
/** Where what is read is said to be. */
let reached: (positions: ReadonlyMap<string, Position>) => Promise<boolean>;
beforeEach(async () => {
  stores = await Stores.open();
  pace = new ManualClock(0);
  reached = async () => true;
  const projections = { reached: (positions: ReadonlyMap<string, Position>) => reached(positions) };
  live = new LiveChanges(
    stores.events,
    projections as unknown as Projections,
    logger,
    pace,
    tree as WorkspaceDirectory,
  );
});
afterEach(async () => {
  await live.onModuleDestroy();
  await stores.dispose();
});

const listen = async (
  options: { caller?: Principal; callerNow?: () => Promise<Principal>; workspaceId?: string } = {},
  lastEventId?: string,
) => {
  const { caller = callerOf(), callerNow = async () => caller, workspaceId } = options;
  return new Hearing(await live.listen({ caller, callerNow, workspaceId }, lastEventId));
};
const attempted = async (deliveryId: string, webhookId = 'w-1') => {
  const { type, data, stream } = delivered(webhookId, deliveryId);
  const [recorded] = await stores.append(stream, { type, data });
  return recorded?.position ?? NaN;
};
/** Time enough for the follower of the store to have seen it. */
const followed = async () => {
  for (let i = 0; i < 10; i++) await turn();
};
const idsIn = (data: unknown) => (data as { deliveries: { ids: string[] }[] }).deliveries.flatMap(({ ids }) => ids);

describe('a listener', () => {
  it('is told where it begins, and of nothing that was before', async () => {
    const position = await attempted('before');
    const hearing = await listen();
    expect(await hearing.next()).toEqual({ event: 'open', id: String(position), data: { position } });
    const next = await attempted('after');
    const heard = await hearing.next();
    expect(heard).toMatchObject({ event: 'changes', id: String(next) });
    expect(idsIn(heard?.data)).toEqual(['after']);
  });

  it('is told at once, and then every half a second of all that has come meanwhile', async () => {
    const hearing = await listen();
    await hearing.data('open');
    await attempted('d-1');
    expect(idsIn(await hearing.data('changes'))).toEqual(['d-1']);
    await attempted('d-2');
    await attempted('d-3');
    const next = hearing.data('changes');
    while (pace.nextTimer() !== 500) await turn();
    pace.advance(499);
    await attempted('d-4');
    await followed();
    pace.advance(1);
    expect(idsIn(await next)).toEqual(['d-4', 'd-3', 'd-2']);
  });

  it('is told when what it reads has it, and not before', async () => {
    const hearing = await listen();
    await hearing.data('open');
    const { opened, open } = gate();
    const asked: [string, Position][] = [];
    reached = async (positions) => {
      asked.push(...positions);
      await opened;
      return true;
    };
    const position = await attempted('d-1');
    const told = hearing.next();
    expect(await Promise.race([told, turn('nothing')])).toBe('nothing');
    open();
    expect((await told)?.event).toBe('changes');
    expect(asked).toEqual([['delivery', position]]);
  });

  it('is told again when what it reads was late', async () => {
    const hearing = await listen();
    await hearing.data('open');
    reached = async () => false;
    await attempted('d-1');
    expect(idsIn(await hearing.data('changes'))).toEqual(['d-1']);
    reached = async () => true;
    await attempted('d-2');
    await followed();
    pace.advance(500);
    expect(idsIn(await hearing.data('changes'))).toEqual(['d-2', 'd-1']);
  });

  it('hears a comment every 15 seconds', async () => {
    const hearing = await listen();
    await hearing.data('open');
    pace.advance(15_000);
    expect((await hearing.next())?.event).toBe('beat');
    pace.advance(15_000);
    expect((await hearing.next())?.event).toBe('beat');
  });

  it('hears what every other hears', async () => {
    const [one, other] = [await listen(), await listen()];
    await Promise.all([one.data('open'), other.data('open')]);
    await attempted('d-1');
    expect(await one.next()).toEqual(await other.next());
    one.leave();
    await attempted('d-2');
    pace.advance(500);
    expect(idsIn(await other.data('changes'))).toEqual(['d-2']);
  });
});

describe('a caller that may no longer listen', () => {
  it.each<[string, () => void]>([
    ['with the next change', () => void attempted('d-1')],
    ['with the end of any session', () => void stores.append('session-1', { type: 'SessionEnded', data: {} })],
    ['at the latest with the next comment', () => pace.advance(15_000)],
  ])('hears the end %s', async (_, pass) => {
    let isOver = false;
    const callerNow = async () => {
      if (isOver) throw revoked;
      return callerOf();
    };
    const hearing = await listen({ callerNow });
    await hearing.data('open');
    isOver = true;
    pass();
    expect(await hearing.data('end')).toEqual({ reason: 'revoked' });
    expect(await hearing.next()).toBeUndefined();
  });

  it('is one whose workspace was moved out of its reach', async () => {
    let reach = ['shop'];
    const hearing = await listen({ callerNow: async () => callerOf(reach), workspaceId: 'shop' });
    await hearing.data('open');
    reach = ['other'];
    pace.advance(15_000);
    await hearing.data('end');
  });

  it('is not one that nobody can be asked about: it is cut off, and comes back', async () => {
    const hearing = await listen({ callerNow: () => Promise.reject(new Refusal('unavailable', 'Later.')) });
    await hearing.data('open');
    pace.advance(15_000);
    await expect(hearing.next()).rejects.toThrow(/premature/i);
  });
});

describe('whoever comes back', () => {
  it('has missed nothing if it has heard the last', async () => {
    const other = await listen();
    await other.data('open');
    const last = await attempted('d-1');
    await other.data('changes');
    const hearing = await listen({}, String(last));
    await hearing.data('open');
    pace.advance(500);
    await attempted('d-2');
    expect(idsIn(await hearing.data('changes'))).toEqual(['d-2']);
  });

  it.each(['-1', '0', '999999', 'nothing', ''])('with the id %j reads everything again', async (lastEventId) => {
    const position = await attempted('d-1');
    const hearing = await listen({}, lastEventId);
    await hearing.data('open');
    expect(await hearing.next()).toEqual({ event: 'resync', id: String(position), data: { position } });
  });
});

describe('the store', () => {
  it('is followed while anybody listens, and anew from its head when somebody comes later', async () => {
    expect(pace.nextTimer()).toBeUndefined();
    const hearing = await listen();
    await hearing.data('open');
    hearing.leave();
    while (pace.nextTimer() !== undefined) await turn();
    const position = await attempted('d-1');
    const later = await listen();
    expect(await later.data('open')).toEqual({ position });
  });
});

it('whoever comes hears nothing of what those who left were about to hear', async () => {
  const leaving = await listen();
  await leaving.data('open');
  const { opened, open } = gate();
  reached = () => opened.then(() => true);
  await attempted('before');
  await followed();
  leaving.leave();
  await followed();
  reached = async () => true;
  const hearing = await listen();
  await hearing.data('open');
  open();
  await followed();
  await attempted('after');
  expect(idsIn(await hearing.data('changes'))).toEqual(['after']);
});

describe('many', () => {
  it('of one caller are refused', async () => {
    const few = await Promise.all(Array.from({ length: 50 }, () => listen()));
    await expect(listen()).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 60 });
    expect(await few[0]?.data('open')).toBeDefined();
  });

  it('of one tenant are refused, whichever of its workspaces they belong to, and no others are', async () => {
    const each = (n: number, workspaceId: string) =>
      listen({ caller: { ...callerOf([workspaceId]), actor: `client:${workspaceId}-${n}` } });
    const few = await Promise.all(Array.from({ length: 200 }, (_, n) => each(n, n % 2 ? 'shop' : `branch-${n}`)));
    await expect(each(200, 'shop')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(each(200, 'branch-new')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await (await each(200, 'market')).data('open')).toBeDefined();
    expect(await (await each(200, 'root')).data('open')).toBeDefined();
    const [first] = few;
    first?.leave();
    if (first) await once(first.stream, 'close');
    expect(await (await each(200, 'branch-new')).data('open')).toBeDefined();
  });

  it('that come at once are counted before they are told anything', async () => {
    const at = await Promise.allSettled(Array.from({ length: 60 }, () => listen()));
    expect(at.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  });

  it('that were turned away by a store that fails take no place', async () => {
    stores.events.head = async () => {
      throw new Error('away');
    };
    for (let n = 0; n < 60; n++) await expect(listen()).rejects.toThrow('away');
  });

  it('events to a client that does not read them end with its connection', async () => {
    const body = await live.listen(
      { caller: callerOf(), callerNow: async () => callerOf(), workspaceId: undefined },
      undefined,
    );
    const other = await listen();
    await other.data('open');
    for (let n = 0; !body.destroyed; n++) {
      await stores.append(`webhook-${n}`, {
        type: 'WebhookChanged',
        data: { workspaceId: 'shop', webhookId: 'w'.repeat(60_000) },
      });
      pace.advance(500);
      await other.data('changes');
      expect(n).toBeLessThan(10);
    }
  });
});

it('when the server stops all hear the end of it, and nobody comes any more', async () => {
  const hearing = await listen();
  await hearing.data('open');
  const ended = hearing.next();
  await live.onModuleDestroy();
  expect(await ended).toBeUndefined();
  await expect(listen()).rejects.toMatchObject({ kind: 'unavailable' });
  expect(pace.nextTimer()).toBeUndefined();
});
