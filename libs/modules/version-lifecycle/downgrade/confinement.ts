/** It went over a limit of size, and is more than memory should hold. */
export class TooLarge extends Error {}

/** Of any text or list that comes up on the way; what is larger cannot be part of a result anyway. */
export const MOST_CHARACTERS = 1024 * 1024;
export const MOST_ITEMS = 100_000;

const tooLarge = (what: string): never => {
  throw new TooLarge(`${what} became too large`);
};

type Visit = (this: unknown, key: string, value: unknown) => unknown;

/** As the replacer of `JSON.stringify`: what refers to one thing often may be endless as text, small as it is in memory. */
export function bounded(visit: Visit): Visit {
  let characters = 0;
  return function (key, value) {
    characters += key.length + (typeof value === 'string' ? value.length : 1);
    if (characters > MOST_CHARACTERS) tooLarge('A text');
    return visit.call(this, key, value);
  };
}

/**
 * Takes from this thread what an expression could fill the memory with in one go, and the present. A heap that is full ends the thread;
 * one allocation that is much too large for it ends the process.
 */
export function confine(): void {
  boundArrays();
  boundTexts();
  const Present = Date;
  // Without arguments, or a time zone, a date would depend on when and where it is made.
  globalThis.Date = class extends Present {
    constructor(...parts: []) {
      super(...((parts.length === 0 ? [0] : parts) as []));
    }
    static override now = (): number => 0;
    static override parse = (text: string): number => Present.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text);
  } as DateConstructor;
}

function boundArrays(): void {
  const Unbound = Array;
  const Bound = function (...items: unknown[]): unknown[] {
    if (items.length === 1 && Number(items[0]) > MOST_ITEMS) tooLarge('A list');
    return items.length === 1 ? new Unbound(items[0] as number) : items;
  };
  Object.defineProperties(Bound, Object.getOwnPropertyDescriptors(Unbound));
  globalThis.Array = Bound as unknown as ArrayConstructor;
}

function boundTexts(): void {
  const { join } = Array.prototype;
  Array.prototype.join = function (this: readonly unknown[], separator = ',') {
    let characters = separator.length * this.length;
    for (const item of this) characters += typeof item === 'string' ? item.length : 1;
    return characters > MOST_CHARACTERS ? tooLarge('A text') : join.call(this, separator);
  };
  const { stringify } = JSON;
  JSON.stringify = (value: unknown, replacer?: unknown, space?: string | number) =>
    stringify(value, bounded(typeof replacer === 'function' ? (replacer as Visit) : (_, member) => member), space);
}
