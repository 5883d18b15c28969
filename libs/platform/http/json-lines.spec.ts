import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { JsonLines, LineSplitter, LONGEST_LINE } from './json-lines.ts';

const linesOf = async (...chunks: Buffer[]) => {
  const batches: (readonly object[])[] = [];
  for await (const batch of new JsonLines(Readable.from(chunks, { objectMode: false }), JSON.parse))
    batches.push(batch);
  return batches;
};

describe('lines', () => {
  it('are the same however their bytes arrive', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')));
    const cuts = fc.array(fc.nat(200));
    fc.assert(
      fc.property(texts, cuts, fc.boolean(), (lines, at, isEnded) => {
        const bytes = Buffer.from(lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''));
        const places = [0, ...at.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
        const splitter = new LineSplitter();
        const found = places.flatMap((place, i) => splitter.push(bytes.subarray(places[i - 1] ?? 0, place)));
        found.push(...splitter.end());
        const isLastEmpty = !isEnded && lines.at(-1) === '';
        expect(found).toEqual(isLastEmpty ? lines.slice(0, -1) : lines);
      }),
    );
  });

  it('that come byte by byte are whole, and not kept as so many pieces', () => {
    const line = 'x'.repeat(5_000);
    const splitter = new LineSplitter();
    const found = [...Buffer.from(`${line}\nnext\n`)].flatMap((byte) => splitter.push(Buffer.from([byte])));
    expect(found).toEqual([line, 'next']);
  });

  it('that are too long are not kept, and those after them are found', () => {
    const splitter = new LineSplitter();
    const part = Buffer.alloc(LONGEST_LINE / 4, 'x');
    const found = [1, 2, 3, 4].flatMap(() => splitter.push(part));
    found.push(...splitter.push(Buffer.from('\nshort\n')));
    for (let i = 0; i < 40; i++) found.push(...splitter.push(part));
    found.push(...splitter.push(Buffer.from('\nlast')), ...splitter.end());
    expect(found).toEqual(['x'.repeat(LONGEST_LINE), 'short', undefined, 'last']);
  });
});

describe('a body of JSON lines', () => {
  it('is read value by value; a line that is none says why, and the others are read', async () => {
    const batches = await linesOf(Buffer.from('{"a":1}\r\n\n  \nnonsense\n[2]'));
    expect(batches.flat()).toEqual([{ value: { a: 1 } }, { fault: expect.stringMatching(/JSON/) }, { value: [2] }]);
  });

  it('comes in batches of 500 at most', async () => {
    const batches = await linesOf(Buffer.from('1\n'.repeat(1_200)));
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 200]);
  });

  it('is not read further than it is asked for', async () => {
    let given = 0;
    const endless = new Readable({
      highWaterMark: 1,
      read() {
        given++;
        this.push('1\n');
      },
    });
    const batches = new JsonLines(endless, JSON.parse)[Symbol.asyncIterator]();
    await batches.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBeLessThan(10);
  });

  it('that breaks off ends with its last whole line', async () => {
    const body = new Readable({ read: () => undefined });
    const batches = new JsonLines(body, JSON.parse)[Symbol.asyncIterator]();
    body.push('1\n2\n3');
    expect((await batches.next()).value).toEqual([{ value: 1 }, { value: 2 }]);
    const next = batches.next();
    body.destroy(new Error('aborted'));
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
