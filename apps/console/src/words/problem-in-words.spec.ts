import { describe, expect, it } from '@jest/globals';
import { ApiProblem, partsOf } from '../api/problem.ts';
import { problemInWords } from './problem-in-words.ts';

const problem = (status: number, body: unknown, retryAfter: string | null = null) =>
  new ApiProblem(partsOf(status, body, { retryAfter, traceId: 'from-the-header' }));

describe('a problem', () => {
  it('has what the document says', () => {
    const read = problem(400, { detail: 'No.', traceId: 'abc', errors: [{ field: 'url', message: 'is required' }, 7] });
    expect(read).toMatchObject({ status: 400, detail: 'No.', traceId: 'abc', retryAfter: null });
    expect(read.messageOf('url')).toBe('is required');
    expect(read.messageOf('name')).toBeUndefined();
  });

  it('is complete when the answer is no document', () => {
    const read = problem(502, undefined);
    expect(read).toMatchObject({ detail: 'Something went wrong on our side.', traceId: 'from-the-header', errors: [] });
  });

  it.each([
    ['7', 7],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
    ['', null],
  ])('takes Retry-After "%s" as %p', (header, seconds) => expect(problem(429, {}, header).retryAfter).toBe(seconds));
});

describe('a problem in words', () => {
  it('names the fields, and how long to wait', () => {
    expect(
      problemInWords(problem(400, { detail: 'No.', errors: [{ field: 'url', message: 'is required' }] })).detail,
    ).toBe('No. url: is required.');
    expect(problemInWords(problem(429, { detail: 'Slow down.' }, '7')).detail).toBe('Slow down. Try again in 7 s.');
  });

  it('tells nothing of an error of the page itself', () =>
    expect(problemInWords(new TypeError('x is undefined'))).toMatchObject({
      headline: 'Something went wrong',
      traceId: null,
    }));
});
