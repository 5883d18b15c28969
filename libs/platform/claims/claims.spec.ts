import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { commandHandlers, EVENT_STORE } from '../event-store/index.ts';
import { derivedInteger } from '../kernel/index.ts';
import { Stores } from '../processing/testing/stores.ts';
import { IDS, randomIds } from '../runtime/index.ts';
import { claim, Claims, ClaimValue, streamIdOfClaim } from './index.ts';

const metadata = { at: 1_700_000_000_000, actor: 'system', traceId: 'trace' };

/** A process on these stores. */
async function processOn(stores: Stores): Promise<INestApplicationContext> {
  const ports = [
    { provide: EVENT_STORE, useValue: stores.events },
    { provide: IDS, useValue: randomIds },
  ];
  @Global()
  @Module({ imports: [CqrsModule.forRoot()], providers: ports, exports: [CqrsModule, EVENT_STORE, IDS] })
  class Platform {}
  @Module({ imports: [Platform], providers: [Claims, ...commandHandlers(claim, streamIdOfClaim, { ClaimValue })] })
  class Claiming {}
  return NestFactory.createApplicationContext(Claiming, { logger: false, abortOnError: false });
}

let stores: Stores;
let app: INestApplicationContext;
beforeEach(async () => {
  stores = await Stores.open();
  app = await processOn(stores);
});
afterEach(async () => {
  await app.close();
  await stores.dispose();
});

const take = (value: string, owner: string, kind = 'number', key?: string) =>
  app.get(Claims).take(kind, value, owner, { ...metadata, idempotencyKey: key });
const integer = (owner: string, kind = 'number') => app.get(Claims).integer(kind, owner, metadata);
const choice = (owner: string, attempt: number) => derivedInteger('number', owner, attempt);
const ownersOf = async (value: number) => {
  const events = await stores.events.readStream(`claim-number.${value}`);
  return events.map(({ data }) => (data as { ownerId: string }).ownerId);
};

describe('a value', () => {
  it('is taken by one owner, as often as it likes', async () => {
    expect([await take('7', 'ada'), await take('7', 'ada'), await take('7', 'bob')]).toEqual([true, true, false]);
    expect(await ownersOf(7)).toEqual(['ada']);
  });

  it('is not taken by a second owner in a command of the same key', async () => {
    expect([await take('7', 'ada', 'number', 'key'), await take('7', 'bob', 'number', 'key')]).toEqual([true, false]);
  });

  it('is another one in another kind', async () => {
    expect([await take('7', 'ada'), await take('7', 'bob', 'letter')]).toEqual([true, true]);
  });

  it('is taken by one of those who want it at the same time', async () => {
    const owners = ['ada', 'bob', 'cleo', 'dan'];
    const outcomes = await Promise.all(owners.map((owner) => take('7', owner)));
    expect(await ownersOf(7)).toEqual(owners.filter((_, n) => outcomes[n]));
  });
});

describe('an integer', () => {
  it('has 31 bits and is positive', async () => {
    for (let n = 0; n < 50; n++) {
      const value = await integer(`owner ${n}`);
      expect(Number.isInteger(value) && value >= 1 && value <= 2_147_483_647).toBe(true);
    }
  });

  it('follows from its owner, in every process and every release', async () => {
    const value = await integer('ada');
    expect(await integer('ada')).toBe(value);
    await app.close();
    await stores.reopen();
    app = await processOn(stores);
    expect(await integer('ada')).toBe(value);
    // What was claimed before a crash is looked for again by this: another one here would claim twice.
    expect(value).toBe(797_318_702);
    expect(await ownersOf(value)).toEqual(['ada']);
  });

  it('is the first that belongs to nobody else, and stays that', async () => {
    await take(String(choice('ada', 0)), 'bob');
    await take(String(choice('ada', 1)), 'cleo');
    expect(await integer('ada')).toBe(choice('ada', 2));
    expect(await integer('ada')).toBe(choice('ada', 2));
    expect(await ownersOf(choice('ada', 0))).toEqual(['bob']);
  });

  it('is one, though it is asked for several times at once', async () => {
    const values = await Promise.all([1, 2, 3, 4].map(() => integer('ada')));
    expect(new Set(values).size).toBe(1);
    expect(await ownersOf(choice('ada', 0))).toEqual(['ada']);
  });
});
