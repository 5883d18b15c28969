import { describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { conflict, Refusal } from '../../../platform/kernel/index.ts';
import { ManualClock } from '../../../platform/runtime/index.ts';
import { actionTriggers } from './action-triggers/action-triggers.ts';
import { CatalogBootstrap } from './catalog-bootstrap.ts';
import { seedTriggers } from './seed-triggers.ts';
import type { TriggerCatalog } from './trigger-catalog.ts';
import type { AddTrigger } from './trigger.commands.ts';

const all = [...seedTriggers, ...actionTriggers];
const ids = {
  uuid: () => '0c8a1a3e-0000-4000-8000-000000000000',
  objectId: () => '',
  random: () => 0,
  token: () => '',
};

/** Starts on a catalog that has these, with a store that lets every trigger wait until all the missing ones are asked for. */
async function start(
  there: readonly string[],
  outcome: () => unknown = () => undefined,
): Promise<AddTrigger['data'][]> {
  const catalog: TriggerCatalog = {
    get: (type) => all.find((trigger) => trigger.type === type && there.includes(type)),
    all: () => all.filter(({ type }) => there.includes(type)),
    caughtUp: async () => undefined,
  };
  const asked: AddTrigger['data'][] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const execute = async ({ data }: AddTrigger) => {
    asked.push(data);
    if (asked.length === all.length - there.length) resolve();
    await promise;
    return outcome();
  };
  const commands = { execute } as unknown as CommandBus;
  await new CatalogBootstrap(commands, catalog, new ManualClock(0), ids).run();
  return asked;
}
const refuse = (refusal: Refusal) => () => {
  throw refusal;
};

describe('a start', () => {
  it('adds every trigger to an empty catalog, all at the same time', async () => {
    expect(await start([])).toEqual(all);
  });

  it('adds the actions to a catalog from before there were any', async () => {
    expect(await start(seedTriggers.map(({ type }) => type))).toEqual(actionTriggers);
  });

  it('adds nothing to a catalog that has them', async () => {
    expect(await start(all.map(({ type }) => type))).toEqual([]);
  });

  it('goes on where another process has added them meanwhile, and fails for any other reason', async () => {
    await start([], refuse(conflict('The trigger exists.')));
    const unavailable = new Refusal('unavailable', 'The store cannot write.');
    await expect(start([], refuse(unavailable))).rejects.toBe(unavailable);
  });
});
