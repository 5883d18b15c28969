import { parseArgs } from 'node:util';

export type Options = {
  /** Empty for all. */
  readonly scenarios: readonly string[];
  readonly rounds: number;
  readonly payloads: readonly number[];
  readonly quick: boolean;
  /** A results file of an earlier run. */
  readonly compare: string | undefined;
};

export class InvalidOptions extends Error {
  override readonly name = 'InvalidOptions';
}

const DEFAULT_PAYLOADS = { full: '50,1024,7168', quick: '1024' };
const DEFAULT_ROUNDS = { full: '5', quick: '2' };

/** @throws {InvalidOptions} in words for whoever typed them. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const size = values.quick ? 'quick' : 'full';
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new InvalidOptions(`No scenario is called ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  return {
    scenarios: positionals,
    rounds: whole('--rounds', values.rounds ?? DEFAULT_ROUNDS[size], 1, 100),
    payloads: (values.payload ?? DEFAULT_PAYLOADS[size])
      .split(',')
      .map((bytes) => whole('--payload', bytes, 50, 200_000)),
    quick: values.quick,
    compare: values.compare,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        payload: { type: 'string' },
        quick: { type: 'boolean', default: false },
        compare: { type: 'string' },
      },
    });
  } catch (error) {
    throw new InvalidOptions((error as Error).message);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidOptions(`${name} takes whole numbers from ${least} to ${most}, not ${text}.`);
}
