import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './attempt-outcome.ts';

const answered = (statusCode: number, retryAfter?: string) =>
  outcomeOf(
    {
      kind: 'answered',
      statusCode,
      answer: 'body',
      answerTruncated: false,
      address: '127.0.0.1',
      durationMs: 1,
      retryAfter,
    },
    0,
  );

describe('an answer', () => {
  it.each([200, 201, 204, 299])('of %i is success', (status) => expect(answered(status)).toMatchObject({ ok: true }));

  it.each([300, 301, 302, 304, 307, 400, 404, 410, 429, 500, 503])('of %i is a failure', (status) => {
    expect(answered(status)).toMatchObject({ ok: false, statusCode: status, errorClass: 'http-status' });
  });

  it('may ask to be left alone for a while', () => {
    expect(answered(503, '30')).toMatchObject({ retryAfterSeconds: 30 });
    expect(answered(503, 'soon')).not.toHaveProperty('retryAfterSeconds');
  });

  it('that never came is a failure with its class', () => {
    const outcome = outcomeOf({ kind: 'failed', errorClass: 'timeout', message: '', durationMs: 1 }, 0);
    expect(outcome).toMatchObject({ ok: false, errorClass: 'timeout' });
  });
});
