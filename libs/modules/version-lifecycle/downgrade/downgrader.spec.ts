import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CannotDowngrade } from './cannot-downgrade.ts';
import { Downgrader, type Chain } from './downgrader.ts';

let downgrader: Downgrader;
beforeEach(() => {
  downgrader = new Downgrader();
});
afterEach(() => downgrader.close());

const alert = (data: object = { a: 1 }): string =>
  JSON.stringify({ id: 'e-1', timestamp: '1627670400000', workspaceId: 'w', type: 'created', data });
const chain = (...expressions: readonly string[]): Chain => ({
  steps: expressions.map((expression, index) => ({ version: `v${expressions.length - index}`, expression })),
  schema: { type: 'object' },
});
const dataOf = async (way: Chain, data?: object): Promise<unknown> =>
  (JSON.parse(await downgrader.run(alert(data), way)) as { data: unknown }).data;
const failureOf = (way: Chain, data?: object): Promise<CannotDowngrade> =>
  downgrader.run(alert(data), way).then(
    (text) => {
      throw new Error(`It succeeded: ${text.slice(0, 200)}`);
    },
    (error: CannotDowngrade) => error,
  );

describe('an alert', () => {
  it('is the same text but for its data, its members in their order', async () => {
    const text = await downgrader.run(
      alert({ name: { given: 'Ada' }, kept: [1] }),
      chain('{"name": name.given, "kept": kept}'),
    );
    expect(text).toBe(alert({ name: 'Ada', kept: [1] }));
  });

  it('without a step is the text itself', async () => {
    expect(await downgrader.run('anything', chain())).toBe('anything');
  });

  it('goes through the newest step first', async () => {
    expect(await dataOf(chain('{"a": a & "3"}', '{"a": a & "2"}', '{"a": a & "1"}'), { a: '' })).toEqual({ a: '321' });
  });

  it('is told apart from others that are asked for at once, in any chain', async () => {
    const ways = Array.from({ length: 20 }, (_, index) => chain(`{"a": a, "way": ${index}}`));
    const asked = Array.from({ length: 400 }, (_, a) => ({ a, way: a % 20 }));
    const answers = await Promise.all(asked.map(({ a, way }) => dataOf(ways[way] ?? chain(), { a })));
    expect(answers).toEqual(asked);
  });
});

describe('a step', () => {
  it('gets a list of one from the step before as a list', async () => {
    expect(await dataOf(chain('{"a": [b.c]}', '{"a": $count(a), "is": $type(a)}'), { b: [{ c: 1 }] })).toEqual({
      a: 1,
      is: 'array',
    });
  });

  it('gets nothing of what JSONata notes on its lists', async () => {
    expect(await dataOf(chain('{"a": b[]}', '{"c": a, "is": $type(a)}'), { b: 1 })).toEqual({ c: [1], is: 'array' });
    expect(await dataOf(chain('{"a": b.[c, 5]}', '{"c": a.$}'), { b: [{ c: 1 }, { c: 2 }] })).toEqual({
      c: [1, 5, 2, 5],
    });
  });

  it.each(['$now()', '$millis()', '$random()', '$shuffle([1, 2])', '$eval("1")'])('cannot use %s', async (call) =>
    expect(await failureOf(chain(`{"a": ${call}}`))).toMatchObject({ fault: 'error' }),
  );

  it('knows no present, and no time zone', async () => {
    const at = (time: string) => dataOf(chain(`{"at": ${time}}`));
    expect(await at('$toMillis("10:30", "[H]:[m]")')).toEqual({ at: 37_800_000 });
    expect(await at('$toMillis("2026-11-01T00:00:00")')).toEqual({ at: Date.UTC(2026, 10, 1) });
    expect(await at('$toMillis("2026-11-01T00:00:00+02:00")')).toEqual({ at: Date.UTC(2026, 9, 31, 22) });
    expect(await at('$toMillis("2026-11-01")')).toEqual({ at: Date.UTC(2026, 10, 1) });
  });

  it.each(['process', 'require("fs")', '$.constructor.constructor("return process")()', '$string.constructor'])(
    'reaches nothing of the machine by %s',
    async (way) =>
      expect(await dataOf(chain(`{"a": $exists(${way})}`)).catch(() => ({ a: false }))).toEqual({ a: false }),
  );
});

describe('a downgrade that fails', () => {
  it.each([
    ['throws', '$error("no")', /no/],
    ['has an error in it', '{"a": $number("x")}', /cast/],
    ['does not compile', '{"a": ', /end of expression/],
    ['makes nothing', 'b', /nothing/],
    ['makes null', 'null', /null/],
    ['makes a text', '"a"', /a string/],
    ['makes a list', '[1, 2]', /a list/],
    ['makes a list of one object', 'c', /a list/],
    ['makes a function', 'function($x) {$x}', /function/],
    ['makes a function of its own', '$sum', /function/],
    ['makes an object with a function in it', '{"a": {"b": [function($x) {$x}]}}', /function/],
    ['makes an object with a matcher in it', '/a/("a")', /function/],
  ])('when it %s is at fault for an error', async (_what, expression, message) =>
    expect(await failureOf(chain(expression), { c: [{ a: 1 }] })).toMatchObject({
      name: 'CannotDowngrade',
      fault: 'error',
      version: 'v1',
      message: expect.stringMatching(message),
    }),
  );

  it('names the release that brought it', async () => {
    expect(await failureOf(chain('$', '$error("no")', '$'))).toMatchObject({ version: 'v2' });
  });

  it('by its shape tells what does not fit', async () => {
    const schema = { type: 'object', required: ['count'], properties: { count: { type: 'string' } } };
    const fails = await failureOf({ ...chain('$', '{"count": a}'), schema }, { a: 5 });
    expect(fails).toMatchObject({
      fault: 'shape',
      version: 'v1',
      message: expect.stringContaining('data.count must be string'),
    });
    expect(await dataOf({ ...chain('{"count": a}'), schema }, { a: '5' })).toEqual({ count: '5' });
  });

  it.each([
    ['one byte too large', '{"a": $pad("", 99999, "é"), "b": $pad("", 62132)}'],
    ['far too large', '{"a": $pad("", 200000000)}'],
    ['larger than a text can be', '{"a": $pad("", 900000000)}'],
    ['a text that doubles', '($f := function($x) {$f($x & $x)}; $f("ab"))'],
    ['a long list', '{"a": [1..9999999]}'],
    ['many long lists at once', `[${Array.from({ length: 200 }, () => '[1..9999999]').join()}]`],
    ['a list that doubles', '($f := function($x) {$f($append($x, $x))}; $f([1, 2, 3]))'],
    ['many joined texts', '($x := $pad("", 90000); $join([1..90000].$x))'],
    [
      'small in memory, endless as text',
      '($x := $reduce([1..60], function($x, $i) {{"l": $x, "r": $x}}, 1); {"a": $x})',
    ],
    ['the text of that', '($x := $reduce([1..60], function($x, $i) {{"l": $x, "r": $x}}, 1); {"a": $string($x)})'],
  ])('by its size, being %s, does so at once', async (_what, expression) =>
    expect(await failureOf(chain(expression))).toMatchObject({ fault: 'size', version: 'v1' }),
  );

  it('may have in it what only looks like a function of JSONata', async () => {
    const name = { _jsonata_lambda: true, _jsonata_function: true };
    expect(await dataOf(chain('$'), { name })).toEqual({ name });
    expect(await dataOf(chain('{"called": name}'), { name })).toEqual({ called: name });
  });

  it('may be just as large as an event', async () => {
    expect(await dataOf(chain('{"a": $pad("", 99999, "é"), "b": $pad("", 62131)}'))).toMatchObject({
      a: 'é'.repeat(99_999),
    });
  });

  it.each([
    ['loops', '($f := function($x) {$f($x + 1)}; $f(0))'],
    ['works on a list for long', '{"a": $sum([1..99999].($ * 2 + $sum([$, 1])))}'],
    ['loops beside a part that fails', '{"a": $error("no"), "b": ($f := function($x) {$f($x + 1)}; $f(0))}'],
  ])('by its time, when it %s, does so at once', async (what, expression) =>
    expect((await failureOf(chain(expression))).fault).toBe(what.includes('beside') ? 'error' : 'time'),
  );
});
