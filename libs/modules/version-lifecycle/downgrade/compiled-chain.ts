import { setImmediate as nextTurn } from 'node:timers/promises';
import jsonata from 'jsonata';
import { errorsIn, schemaProblem } from '../../../platform/json-schema/json-schema.ts';
import type { DowngradeFault } from './cannot-downgrade.ts';
import { Allowance, OutOfTime } from './allowance.ts';
import { MOST_BYTES, MOST_MILLISECONDS, type Chain, type Failure } from './chain.ts';
import { TooLarge } from './confinement.ts';
import { errorText, UNREPEATABLE } from './expression-problem.ts';
import { plainObject } from './plain-json.ts';

/** In the order in which they are rendered: data comes last. */
type Alert = {
  readonly id: string;
  readonly timestamp: string;
  readonly workspaceId: string;
  readonly type: string;
} & {
  readonly data: unknown;
};

/** Called after each value that comes up in an evaluation; it is waited for, so that no depth of calls becomes a depth of the stack. */
const EXIT = Symbol.for('jsonata.__evaluate_exit');
const DEEPEST = 10_000;
const LONGEST_MESSAGE = 500;
const FAULTS_TOLD = 3;
/** Bytes of UTF-8 for one unit of a text. */
const LONGEST_CHARACTER = 3;

const allowance = new Allowance();
// As it is before this thread is confined: here the limits are others.
const { stringify } = JSON;

/** One evaluation at a time: all share one allowance. */
export class CompiledChain {
  readonly #steps: readonly jsonata.Expression[];
  readonly #schema: Chain['schema'];

  /** @throws what JSONata throws, and {Error} for a schema that is none. */
  constructor({ steps, schema }: Chain) {
    this.#steps = steps.map(({ expression }) => compile(expression));
    const problem = schemaProblem(schema);
    if (problem) throw new Error(`The schema ${problem}`);
    this.#schema = schema;
  }

  /** The alert with the data that the last step makes. `at` is told the index of the step that begins. */
  async downgrade(body: string, at: (step: number) => void): Promise<string | Failure> {
    const alert = JSON.parse(body) as Alert;
    let data = alert.data;
    for (const [index, step] of this.#steps.entries()) {
      at(index);
      allowance.begin();
      try {
        data = plainObject(await step.evaluate(data));
        allowance.checkTime();
      } catch (error) {
        allowance.end();
        // Parts of an object are made side by side, and one fails alone.
        await nextTurn();
        return { ...faultOf(error), step: index };
      }
    }
    const last = this.#steps.length - 1;
    const errors = errorsIn(data, this.#schema);
    if (errors.length === 0) return rendered({ ...alert, data }, last);
    const told = errors.slice(0, FAULTS_TOLD).map(({ field, message }) => `${field} ${message}`);
    return failure('shape', last, `its result is none of the older version: ${told.join(', ')}`);
  }
}

export const failure = (fault: DowngradeFault, step: number, message: string): Failure => ({
  fault,
  step,
  message: message.slice(0, LONGEST_MESSAGE),
});

function compile(expression: string): jsonata.Expression {
  const compiled = jsonata(expression, { stack: DEEPEST });
  for (const name of UNREPEATABLE) compiled.assign(name, undefined);
  compiled.assign(EXIT as unknown as string, (_expression: unknown, _input: unknown, _frame: unknown, value: unknown) =>
    allowance.check(value),
  );
  return compiled;
}

function rendered(alert: Alert, last: number): string | Failure {
  const text = stringify(alert);
  if (text.length <= MOST_BYTES / LONGEST_CHARACTER || Buffer.byteLength(stringify(alert.data)) <= MOST_BYTES)
    return text;
  return failure('size', last, `The result is larger than ${MOST_BYTES / 1024} KiB`);
}

function faultOf(error: unknown): Omit<Failure, 'step'> {
  const { code } = error as { code?: unknown };
  if (error instanceof OutOfTime) return { fault: 'time', message: `took more than ${MOST_MILLISECONDS} ms` };
  if (code === 'D1011') return { fault: 'error', message: `calls itself more than ${DEEPEST} deep` };
  const isTooLarge =
    error instanceof TooLarge || code === 'D2014' || /^Invalid (string|array) length/.test(errorText(error));
  return { fault: isTooLarge ? 'size' : 'error', message: errorText(error).slice(0, LONGEST_MESSAGE) };
}
