import { describe, expect, it } from '@jest/globals';
import { eventOf, stampIn } from './payload.ts';
import { RequestReader } from './processes/request-reader.ts';

const sizeOf = (bytes: number) => JSON.stringify(eventOf('id', 'workspace', bytes, 5).data).length;

describe('the data of an event', () => {
  it.each([1_024, 7_168, 200_000])('has the size that is asked for: %i', (bytes) => {
    expect(sizeOf(bytes)).toBe(bytes);
  });

  it('has the least there can be when less is asked for', () => {
    expect(sizeOf(50)).toBe(sizeOf(0));
    expect(sizeOf(50)).toBeLessThan(70);
  });

  it('carries the stamp to where an alert is received', () => {
    const alert = Buffer.from(JSON.stringify(eventOf('id', 'workspace', 1_024, 123_456_789)));
    expect(stampIn(alert)).toBe(123_456_789);
    expect(stampIn(Buffer.from('{}'))).toBeUndefined();
  });
});

describe('the requests on a connection', () => {
  const request = (body: string) => `POST / HTTP/1.1\r\nhost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const wire = Buffer.from(`${request('one')}${request('')}${request('three'.repeat(100))}`);
  const cut = (size: number) => {
    const reader = new RequestReader();
    const chunks = Array.from({ length: Math.ceil(wire.length / size) }, (_, n) =>
      wire.subarray(n * size, (n + 1) * size),
    );
    return chunks.flatMap((chunk) => reader.push(chunk)).map((each) => each.toString().split('\r\n\r\n')[1]);
  };

  it.each([1, 7, 64, 10_000])('are told apart, however they arrive: %i bytes at a time', (size) => {
    expect(cut(size)).toEqual(['one', '', 'three'.repeat(100)]);
  });
});
