import { describe, expect, it } from '@jest/globals';
import { InvalidOptions, readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, ['egest', 'ingest']);

describe('the options', () => {
  it('are all scenarios, five rounds and three payloads unless something else is asked for', () => {
    expect(read()).toMatchObject({ scenarios: [], rounds: 5, payloads: [50, 1024, 7168], quick: false });
  });

  it('name scenarios, rounds, payloads and a file to compare with', () => {
    const args = ['egest', '--rounds', '7', '--payload', '50,7168', '--compare', 'a.json'];
    expect(read(...args)).toMatchObject({ scenarios: ['egest'], rounds: 7, payloads: [50, 7168], compare: 'a.json' });
  });

  it('make do with less when it has to be quick, unless more is asked for', () => {
    expect(read('--quick')).toMatchObject({ rounds: 2, payloads: [1024] });
    expect(read('--quick', '--rounds', '3').rounds).toBe(3);
  });

  it.each([
    [['fast'], 'egest, ingest'],
    [['--rounds', '0'], '--rounds'],
    [['--payload', '1k'], '--payload'],
    [['--what'], '--what'],
  ])('that make no sense are refused: %p', (args, message) => {
    expect(() => read(...args)).toThrow(InvalidOptions);
    expect(() => read(...args)).toThrow(message);
  });
});
