import { afterAll, describe, expect, it } from '@jest/globals';
import { Downgrader } from '../downgrade/downgrader.ts';
import { CannotDowngrade } from '../downgrade/cannot-downgrade.ts';
import { ResidentPayloadVersions } from './resident-payload-versions.ts';
import { catalogOf } from './testing/catalog.ts';
import { DocumentsAfter } from './testing/resident-documents.ts';
import { DAY, released, RELEASED_AT, supersededAt, withdrawn } from './testing/version-history.ts';
import type { WebhookVersionEvent } from './webhook-version.events.ts';
import { webhookVersions } from './webhook-versions.projection.ts';

const downgrader = new Downgrader();
afterAll(() => downgrader.close());

/** Each downgrade writes down that it was applied. */
const changes =
  (...types: readonly string[]) =>
  (version: string) =>
    Object.fromEntries(
      types.map((type) => [
        type,
        {
          schema: { type: 'object', required: ['mark'] },
          example: { mark: `${type} of ${version}` },
          downgrade: `{ "mark": mark & " < ${version}" }`,
        },
      ]),
    );
const next = (version: string, supersedes: string, of: (version: string) => object, at = RELEASED_AT) =>
  released(version, supersedes, { at, triggers: of(version) as never });

const first = released('one', null);
const history: readonly WebhookVersionEvent[] = [
  first,
  next('two', 'one', changes('a')),
  next('three', 'two', changes('b'), RELEASED_AT + DAY),
  next('four', 'three', changes('a'), RELEASED_AT + 2 * DAY),
];
const after = (...events: readonly WebhookVersionEvent[]) => {
  const catalog = catalogOf('a', 'b');
  const documents = new DocumentsAfter(webhookVersions, events);
  return { catalog, documents, versions: new ResidentPayloadVersions(documents, catalog, downgrader) };
};
const alert = (mark: string) => JSON.stringify({ id: '1', type: 'a', data: { mark } });
const rendered = async (versions: ResidentPayloadVersions, from: string, to: string, type = 'a') =>
  (JSON.parse(await versions.downgrade(alert('new'), { type, from, to })) as { data: { mark: string } }).data.mark;

describe('what is accepted of a trigger', () => {
  const at = RELEASED_AT + 3 * DAY;
  const names = (versions: ResidentPayloadVersions, trigger: string, instant = at) =>
    versions.accepted(trigger, instant).map(({ version }) => version);

  it('is the newest shape, then the one before it', () => {
    const { versions, documents } = after(...history);
    expect(names(versions, 'a')).toEqual(['four', 'three']);
    const [newest, before] = versions.accepted('a', at);
    expect(newest?.schema).toBe(documents.get('four')?.triggers['a']?.schema);
    expect(before?.schema).toBe(documents.get('two')?.triggers['a']?.schema);
  });

  it('is, where the newest release changed nothing, the shape before the last change', () => {
    const { versions, catalog } = after(...history);
    expect(names(versions, 'b')).toEqual(['four', 'two']);
    expect(versions.accepted('b', at)[1]?.schema).toBe(catalog.get('b')?.schema);
  });

  it('is one shape where no release has changed it', () => expect(names(after(first).versions, 'a')).toEqual(['one']));

  it('is no shape of an expired version', () => {
    const { versions } = after(...history.slice(0, 2));
    const { expiresAt } = supersededAt(RELEASED_AT);
    expect(names(versions, 'a', expiresAt - 1)).toEqual(['two', 'one']);
    expect(names(versions, 'a', expiresAt)).toEqual(['two']);
  });

  it('is no shape of a withdrawn version', () => {
    expect(names(after(...history, withdrawn('four', 'three')).versions, 'a')).toEqual(['three', 'one']);
  });

  it('changes with a release that arrives', async () => {
    const { versions, documents } = after(...history.slice(0, 2));
    expect(names(versions, 'a')).toEqual(['two', 'one']);
    expect(versions.accepted('a', at)).toBe(versions.accepted('a', at));
    documents.arrive(...history.slice(2));
    await documents.caughtUp();
    expect(names(versions, 'a')).toEqual(['four', 'three']);
  });

  it('changes with the catalog, where no release has taken over', async () => {
    const { versions, catalog } = after(first);
    const before = versions.accepted('a', at);
    catalog.arrive('a');
    await catalog.caughtUp();
    expect(versions.accepted('a', at)[0]?.schema).toBe(catalog.get('a')?.schema);
    expect(versions.accepted('a', at)[0]?.schema).not.toBe(before[0]?.schema);
  });

  it('is nothing of a trigger that is not in the catalog', async () => {
    const { versions, catalog } = after(...history);
    expect(versions.accepted('c', at)).toEqual([]);
    catalog.arrive('c');
    await catalog.caughtUp();
    expect(names(versions, 'c')).toEqual(['four']);
  });
});

describe('an example', () => {
  const markOf = async (versions: ResidentPayloadVersions, version: string, trigger = 'a') =>
    (await versions.exampleOf(trigger, version))?.['mark'];

  it('is that of its version', () => {
    const { versions } = after(...history);
    const examples = ['one', 'two', 'three', 'four'].map((version) => versions.exampleOf('a', version));
    expect(examples).toMatchObject(['catalog', 'a of two', 'a of two', 'a of four'].map((mark) => ({ mark })));
  });

  it('in a version or of a trigger that another process has just made known waits until it is known here', async () => {
    const { versions, documents, catalog } = after(...history.slice(0, 2));
    documents.arrive(...history.slice(2));
    expect(await markOf(versions, 'four')).toBe('a of four');
    catalog.arrive('c');
    expect(await markOf(versions, 'one', 'c')).toBe('catalog');
  });

  it('is none in another shape: in a version that nobody knows it is an error', async () => {
    await expect(markOf(after(...history).versions, 'nine')).rejects.toThrow(/nine/);
  });

  it('of a trigger that nobody knows is nothing', async () => {
    expect(await markOf(after(...history).versions, 'one', 'c')).toBeUndefined();
  });
});

describe('an alert', () => {
  it('goes through the downgrades of all releases after the older version that change its trigger, newest first', async () => {
    const { versions } = after(...history);
    expect(await rendered(versions, 'four', 'one')).toBe('new < four < two');
    expect(await rendered(versions, 'four', 'two')).toBe('new < four');
    expect(await rendered(versions, 'three', 'one')).toBe('new < two');
    expect(await rendered(versions, 'four', 'one', 'b')).toBe('new < three');
  });

  it('is the text itself where nothing in between changes its trigger, and where the other version is newer', () => {
    const { versions } = after(...history);
    const pairs = [
      ['four', 'four', 'a'],
      ['three', 'two', 'a'],
      ['four', 'three', 'b'],
      ['one', 'four', 'a'],
    ] as const;
    for (const [from, to, type] of pairs) expect(versions.downgrade('text', { type, from, to })).toBe('text');
  });

  it('that fitted a withdrawn version goes through its downgrade', async () => {
    const { versions } = after(...history, withdrawn('four', 'three'), next('five', 'three', changes('a')));
    expect(await rendered(versions, 'four', 'one')).toBe('new < four < two');
    expect(await rendered(versions, 'four', 'three')).toBe('new < four');
  });

  it('of a newer version skips what was withdrawn in between', async () => {
    const { versions } = after(...history, withdrawn('four', 'three'), next('five', 'three', changes('a')));
    expect(await rendered(versions, 'five', 'one')).toBe('new < five < two');
    expect(await rendered(versions, 'five', 'four')).toBe('new < five');
  });

  it('must be what the older version takes', async () => {
    const { versions } = after(
      first,
      next('two', 'one', () => ({ a: { schema: {}, example: {}, downgrade: '{}' } })),
    );
    const failed = Promise.resolve(versions.downgrade(alert('new'), { type: 'a', from: 'two', to: 'one' }));
    await expect(failed).rejects.toThrow(CannotDowngrade);
    await expect(failed).rejects.toMatchObject({ fault: 'shape', version: 'two' });
  });

  it('in a version that another process has just released waits until it is known', async () => {
    const { versions, documents, catalog } = after(...history.slice(0, 2));
    documents.arrive(...history.slice(2));
    expect(await rendered(versions, 'four', 'one')).toBe('new < four < two');
    catalog.arrive('c');
    expect(await rendered(versions, 'four', 'one', 'c')).toBe('new');
  });

  it('in a version that nobody knows is an error, and not the operator’s', async () => {
    const { versions } = after(...history);
    const failed = Promise.resolve(versions.downgrade('text', { type: 'a', from: 'nine', to: 'one' }));
    await expect(failed).rejects.toThrow(/nine/);
    await expect(failed).rejects.not.toThrow(CannotDowngrade);
  });
});
