/** A map of what was set last: at least the newest `capacity` entries, and at most twice as many. */
export class Lately<V> {
  readonly #capacity: number;
  #newer = new Map<string, V>();
  #older = new Map<string, V>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    return this.#newer.get(key) ?? this.#older.get(key);
  }

  /** Forgetting a whole generation at once costs nothing; a Map whose oldest entry is deleted each time gets slow to iterate. */
  set(key: string, value: V): void {
    if (this.#newer.size >= this.#capacity && !this.#newer.has(key)) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(key, value);
  }

  clear(): void {
    this.#newer = new Map();
    this.#older = new Map();
  }
}
