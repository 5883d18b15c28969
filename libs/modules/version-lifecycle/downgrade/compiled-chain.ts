import { setImmediate as nextTurn } from 'node:timers/promises';
import jsonata from 'jsonata';
import { errorsIn, schemaProblem } from '../../../platform/json-schema/json-schema.ts';
import type { DowngradeFault } from './cannot-downgrade.ts';
import { Allowance, OutOfTime } from './allowance.ts';
import { MOST_BYTES, MOST_MILLISECONDS, type Chain, type Failure } from './chain.ts';
import { bounded, TooLarge } from './confinement.ts';
import { errorText, UNREPEATABLE } from './expression-problem.ts';

type Alert = { data: unknown };

/** Called after each value that comes up in an evaluation; it is waited for, so that no depth of calls becomes a depth of the stack. */
const EXIT = Symbol.for('jsonata.__evaluate_exit');
const DEEPEST = 10_000;
const LONGEST_MESSAGE = 500;
const FAULTS_TOLD = 3;

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
    for (const [index, step] of this.#steps.entries()) {
      at(index);
      allowance.begin();
      try {
        // Through text, so that a step gets nothing but JSON, whatever the one before has left in its lists.
        alert.data = JSON.parse(dataText(await step.evaluate(alert.data)));
        allowance.checkTime();
      } catch (error) {
        allowance.end();
        // Parts of an object are made side by side, and one fails alone.
        await nextTurn();
        return { ...faultOf(error), step: index };
      }
    }
    const errors = errorsIn(alert.data, this.#schema);
    if (errors.length === 0) return stringify(alert);
    const told = errors.slice(0, FAULTS_TOLD).map(({ field, message }) => `${field} ${message}`);
    return failure('shape', this.#steps.length - 1, `its result is none of the older version: ${told.join(', ')}`);
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

/** @throws {TypeError} for what is no JSON object. */
function dataText(result: unknown): string {
  if (typeof result !== 'object' || result === null || Array.isArray(result))
    throw new TypeError(`The result is ${result === null ? 'null' : kindOf(result)}, not an object`);
  const text = stringify(result, bounded(jsonOnly));
  if (Buffer.byteLength(text) > MOST_BYTES) throw new TooLarge(`The result is larger than ${MOST_BYTES / 1024} KiB`);
  return text;
}

function jsonOnly(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (isFunction(value)) throw new TypeError('The result has a function in it');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('The result has a number in it that JSON has not');
  return value;
}

/** Those of JSONata are objects, and hold all that they could see. */
function isFunction(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'function';
  const { _jsonata_lambda: lambda, _jsonata_function: builtIn } = value as Record<string, unknown>;
  return lambda === true || builtIn === true;
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : typeof value === 'undefined' ? 'nothing' : `a ${typeof value}`;

function faultOf(error: unknown): Omit<Failure, 'step'> {
  const { code } = error as { code?: unknown };
  if (error instanceof OutOfTime) return { fault: 'time', message: `took more than ${MOST_MILLISECONDS} ms` };
  if (code === 'D1011') return { fault: 'time', message: `calls itself more than ${DEEPEST} deep` };
  const isTooLarge =
    error instanceof TooLarge || code === 'D2014' || /^Invalid (string|array) length/.test(errorText(error));
  return { fault: isTooLarge ? 'size' : 'error', message: errorText(error).slice(0, LONGEST_MESSAGE) };
}
