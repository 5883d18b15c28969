import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorsIn } from '../../libs/platform/json-schema/json-schema.ts';
import { inDialect } from '../../libs/modules/delivery/render-alert/render-alert.ts';
import { Downgrader, type Chain } from '../../libs/modules/version-lifecycle/downgrade/downgrader.ts';
import { payloads } from '../../libs/modules/version-lifecycle/testing/payloads.ts';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { FIRST_VERSION, TEST_TRIGGER } from '../../libs/modules/webhook-configuration/contract.ts';
import { seedTriggers } from '../../libs/modules/webhook-configuration/trigger/seed-triggers.ts';

/** 1,000 payloads, as many at once as a busy sender has. */
const RUNS = 20;
const AT_ONCE = 50;

const downgrader = new Downgrader();
afterAll(() => downgrader.close());

const triggers = seedTriggers.filter(({ type }) => type !== TEST_TRIGGER);
const versions = [FIRST_VERSION, ...releases.map(({ name }) => name)];
const released = releases.flatMap(({ name, triggers: changed }) =>
  Object.entries(changed).map(([type, release]) => ({ name, type, ...release })),
);

function schemaOf(type: string, version: string): Chain['schema'] {
  const newest = released.filter((release) => release.type === type && release.name <= version).at(-1);
  return newest?.schema ?? triggers.find((trigger) => trigger.type === type)?.schema ?? {};
}

function wayOf(type: string, from: string, to: string): Chain {
  const steps = released
    .filter((release) => release.type === type && release.name > to && release.name <= from)
    .map(({ name, downgrade }) => ({ version: name, expression: downgrade }))
    .reverse();
  return { steps, schema: schemaOf(type, to) };
}

const alert = (data: unknown) =>
  JSON.stringify({ id: 'e-1', timestamp: '1627670400000', workspaceId: 'w', type: 't', data });
const ways = triggers.flatMap(({ type }) =>
  versions.flatMap((from) => versions.filter((to) => to < from).map((to) => ({ type, from, to }))),
);

describe('an alert', () => {
  it.each(ways)('of $type is in the shape of $to after $from', async ({ type, from, to }) => {
    const way = wayOf(type, from, to);
    const check = async (data: unknown) => {
      expect(errorsIn(data, schemaOf(type, from))).toEqual([]);
      const rendered = await downgrader.run(alert(data), way);
      const { data: older } = JSON.parse(rendered) as { data: unknown };
      expect(errorsIn(older, way.schema)).toEqual([]);
      const record = inDialect('location', rendered);
      expect((JSON.parse(record) as unknown[]).map((each) => errorsIn(each, way.schema))).toEqual([[]]);
      expect(record).toBe(JSON.stringify([older]));
    };
    const some = fc.array(payloads(schemaOf(type, from)), { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(some, async (all) => void (await Promise.all(all.map(check)))),
      { numRuns: RUNS },
    );
  });

  it('keeps what nobody knows', async () => {
    const data = { users: [{ emails: ['a@b'], name: { given: 'Ada' }, extra: { n: 1 } }], extra: [1.5] };
    const way = wayOf('protected-users-added', versions.at(-1) ?? '', FIRST_VERSION);
    expect(await downgrader.run(alert(data), way)).toBe(
      alert({ users: [{ extra: { n: 1 }, email: 'a@b', displayName: 'Ada' }], extra: [1.5] }),
    );
  });
});

describe('a release', () => {
  it.each(released)('$name has a sound example of $type, which its downgrade brings down', async (release) => {
    expect(errorsIn(release.example, release.schema)).toEqual([]);
    const before = versions[versions.indexOf(release.name) - 1] ?? '';
    const way = wayOf(release.type, release.name, before);
    expect(way.steps).toHaveLength(1);
    await downgrader.run(alert(release.example), way);
  });

  it('changes every trigger once at least, and one twice', () => {
    const times = triggers.map(({ type }) => released.filter((release) => release.type === type).length);
    expect([Math.min(...times), Math.max(...times)]).toEqual([1, 2]);
  });
});
