import { describe, expect, it } from '@jest/globals';
import { attemptsInWords } from './attempts-words.ts';

const webhook = (schedule: number[] | null) => ({ delivery: { schedule } }) as never;
const attempts = (...rounds: number[]) => rounds.map((round) => ({ round }));

describe('the attempts of a delivery', () => {
  it('are told of as many as its webhook has, in the newest round', () => {
    const delivery = { kind: 'event', status: 'pending', attempts: attempts(1, 1, 2, 2, 2) } as const;
    expect(attemptsInWords(delivery, webhook([0, 1, 2, 3]))).toBe('3 of 4');
  });

  it('are only counted where that is not known, or of no matter', () => {
    expect(attemptsInWords({ kind: 'event', status: 'pending', attempts: attempts(1, 1) }, webhook(null))).toBe('2');
    expect(attemptsInWords({ kind: 'event', status: 'succeeded', attempts: attempts(1) }, webhook([0, 1]))).toBe('1');
    expect(attemptsInWords({ kind: 'event', status: 'pending', attempts: [] }, webhook([0, 1]))).toBe('0');
    expect(attemptsInWords({ kind: 'event', status: 'exhausted', attempts: attempts(1, 1, 1) }, webhook([0]))).toBe(
      '3',
    );
  });
});
