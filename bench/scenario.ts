import { resultOf, type Result, type Sample } from './results.ts';

export type Scenario = {
  readonly name: string;
  readonly what: string;
  /** Of its main figure. */
  readonly unit: string;
  /** @throws when it cannot be measured; what was measured before that counts. */
  readonly run: (bench: Bench) => Promise<void>;
};

/** By what they are called; a name that is empty stands for the one figure there is. */
export type Figures = Readonly<Record<string, number>>;
export type Side = () => Promise<Figures>;
export type Comparison = {
  /** Comes after the name of the scenario. */
  readonly label: string;
  readonly unit: string;
  readonly ours: Side;
  readonly baseline: Side;
  /** One whose preparation is long is measured less often than asked. */
  readonly mostRounds?: number;
};

/** What a scenario measures with. */
export class Bench {
  readonly results: Result[] = [];

  constructor(
    private readonly scenario: Pick<Scenario, 'name'>,
    private readonly options: {
      readonly rounds: number;
      readonly quick: boolean;
      readonly payloads: readonly number[];
    },
    private readonly report: (result: Result) => void,
    /** A line below the result before it. */
    readonly note: (text: string) => void,
  ) {}

  /** Bytes of `data`, for scenarios that are run with each. */
  get payloads(): readonly number[] {
    return this.options.payloads;
  }

  /** For scenarios that are run with one: 1 KB, unless it is not among those asked for. */
  get payload(): number {
    return this.payloads.find((bytes) => bytes === 1024) ?? this.payloads[0] ?? 1024;
  }

  size(full: number, quick: number): number {
    return this.options.quick ? quick : full;
  }

  /** Runs both sides in turn, the other one first in every second round, so that what disturbs the machine disturbs both. */
  async compare({ label, unit, ours, baseline, mostRounds = Infinity }: Comparison): Promise<void> {
    const samples = new Map<string, Sample[]>();
    for (let round = 0; round < Math.min(this.options.rounds, mostRounds); round++) {
      const sides = await inTurn(round % 2 === 0, ours, baseline);
      for (const [figure, value] of Object.entries(sides.ours)) {
        const sample = { ours: value, baseline: sides.baseline[figure] ?? 0 };
        samples.set(figure, [...(samples.get(figure) ?? []), sample]);
      }
    }
    for (const [figure, each] of samples) {
      const name = [this.scenario.name, label, figure].filter((part) => part !== '').join(' ');
      const result = resultOf(name, unit, each);
      this.results.push(result);
      this.report(result);
    }
  }
}

async function inTurn(oursFirst: boolean, ours: Side, baseline: Side): Promise<{ ours: Figures; baseline: Figures }> {
  if (oursFirst) return { ours: await ours(), baseline: await baseline() };
  const before = await baseline();
  return { ours: await ours(), baseline: before };
}
