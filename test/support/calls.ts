/** Counts the calls of whatever it wraps that are not answered yet. What a test puts in the place of a method is not counted. */
export class Calls {
  pending = 0;

  /** The same object, as whoever calls it sees it. */
  to<T extends object>(target: T): T {
    const replaced = new Map<string | symbol, unknown>();
    return new Proxy(target, {
      get: (_, name) => {
        if (replaced.has(name)) return replaced.get(name);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function'
          ? this.#counted(value.bind(target) as (...args: unknown[]) => unknown)
          : value;
      },
      set: (_, name, value) => Boolean(replaced.set(name, value)),
    });
  }

  #counted(call: (...args: unknown[]) => unknown) {
    return (...args: unknown[]): unknown => {
      const answer = call(...args);
      if (!(answer instanceof Promise)) return answer;
      this.pending++;
      return answer.finally(() => this.pending--);
    };
  }
}
