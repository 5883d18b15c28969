import { describe, expect, it } from '@jest/globals';
import { errorClasses, errorClassNames, explained, isErrorClass } from './error-words.ts';

const NOW = Date.parse('2026-11-02T09:00:00Z');
const delivery = { kind: 'event', nextAttemptAt: null, renderingFailure: null } as const;
const failed = (errorClass: string, statusCode: number | null = null) => ({ errorClass, statusCode, error: null });

describe('an error class', () => {
  it.each(errorClasses)('%s has a name, what happened, and what to do, each of its own', (errorClass) => {
    const attempts = [failed(errorClass, errorClass === 'http-status' ? 503 : null)];
    const { happened, advice } = explained({ ...delivery, status: 'exhausted', attempts }, NOW);
    expect(errorClassNames[errorClass]).toMatch(/^[A-Z]/);
    expect(happened).toMatch(/^[A-Z].+\. There is no further attempt\.$/);
    expect(advice).toMatch(/\.$/);
    expect(advice).not.toBe('Look at the attempt, and send a test.');
  });

  it('is told apart from others by its name', () => {
    expect(new Set(Object.values(errorClassNames)).size).toBe(errorClasses.length);
    expect([isErrorClass('dns'), isErrorClass('toString'), isErrorClass(undefined)]).toEqual([true, false, false]);
  });
});

describe('what happened to a delivery', () => {
  it('is not called delivered before the receiver has answered', () => {
    const waiting = explained({ ...delivery, status: 'pending', attempts: [] }, NOW);
    expect(waiting).toEqual({ happened: 'It has not been sent yet: it waits for its turn.', advice: null });
    const done = explained(
      { ...delivery, status: 'succeeded', attempts: [{ errorClass: null, statusCode: 204, error: null }] },
      NOW,
    );
    expect(done.happened).toBe('The receiver answered 204: the alert is delivered.');
  });

  it('names the answer, and counts down to the next attempt', () => {
    const nextAttemptAt = new Date(NOW + 221_000).toISOString();
    const again = explained(
      { ...delivery, status: 'pending', nextAttemptAt, attempts: [failed('http-status', 503)] },
      NOW,
    );
    expect(again.happened).toBe('The receiver answered 503. The next attempt is in 3:41.');
    const due = explained(
      { ...delivery, status: 'pending', nextAttemptAt, attempts: [failed('timeout')] },
      NOW + 300_000,
    );
    expect(due.happened).toMatch(/The next attempt is due\.$/);
  });

  it('says how often it was tried, and that a test is sent once', () => {
    const attempts = [failed('http-status', 500), failed('http-status', 503)];
    expect(explained({ ...delivery, status: 'exhausted', attempts }, NOW).happened).toBe(
      'The receiver answered 503. It was attempted 2 times; there is no further attempt.',
    );
    expect(
      explained({ ...delivery, kind: 'test', status: 'exhausted', attempts: [failed('dns')] }, NOW).happened,
    ).toMatch(/A test is sent once\.$/);
  });

  it('keeps the sentence of the server where it is more exact', () => {
    const attempts = [{ ...failed('tls'), error: "The receiver's certificate has expired." }];
    expect(explained({ ...delivery, status: 'exhausted', attempts }, NOW).happened).toMatch(
      /^The receiver's certificate has expired\./,
    );
  });

  it('tells why nothing was sent of what is held, cancelled, skipped or not rendered', () => {
    const of = (status: 'held' | 'cancelled' | 'skipped' | 'unrendered') =>
      explained({ ...delivery, status, attempts: [] }, NOW);
    expect(of('held').advice).toMatch(/release/);
    expect(of('cancelled').advice).toBeNull();
    expect(of('skipped').advice).toMatch(/redeliver/);
    const renderingFailure = {
      releasedIn: '2026-04',
      fault: 'raised',
      error: 'a legacy plan has no type',
      at: '',
    } as never;
    expect(explained({ ...delivery, status: 'unrendered', attempts: [], renderingFailure }, NOW).happened).toMatch(
      /a legacy plan has no type$/,
    );
  });
});
