import { MOST_CHARACTERS, TooLarge } from './confinement.ts';

type Left = { characters: number };

/**
 * A copy of what an expression results in, as if it had gone through JSON: a step gets nothing of what the one before has left in its
 * lists, where JSONata keeps flags that change what comes next.
 * @throws {TypeError} for what is no JSON object, and {TooLarge}: what refers to one thing often may be endless, small as it is in memory.
 */
export function plainObject(result: unknown): object {
  if (typeof result !== 'object' || result === null || Array.isArray(result))
    throw new TypeError(`The result is ${result === null ? 'null' : kindOf(result)}, not an object`);
  return copyOf(result, { characters: MOST_CHARACTERS });
}

function plain(value: unknown, left: Left): unknown {
  spend(left, typeof value === 'string' ? value.length : 1);
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('The result has a number in it that JSON has not');
      // JSON has no negative zero.
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? listOf(value, left) : copyOf(value, left);
    case 'function':
      // A function of JSONata is an object, with functions in it.
      throw new TypeError('The result has a function in it');
    default:
      return value;
  }
}

const listOf = (items: readonly unknown[], left: Left): unknown[] => {
  const list: unknown[] = [];
  for (const item of items) list.push(item === undefined ? null : plain(item, left));
  return list;
};

function copyOf(object: object, left: Left): object {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    spend(left, key.length);
    const member = plain(value, left);
    if (key === '__proto__') Object.defineProperty(copy, key, { ...OWN, value: member });
    else copy[key] = member;
  }
  return copy;
}

const OWN = { enumerable: true, configurable: true, writable: true };

function spend(left: Left, characters: number): void {
  left.characters -= characters;
  if (left.characters < 0) throw new TooLarge('A text became too large');
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : typeof value === 'undefined' ? 'nothing' : `a ${typeof value}`;
