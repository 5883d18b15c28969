import type { DomainEvent, Projection } from '../../../../platform/kernel/index.ts';
import { record } from '../../../../platform/kernel/testing/recorded.ts';
import { DocumentMap } from '../../../../platform/processing/document-map.ts';
import type { Stored } from '../../../../platform/read-model/index.ts';

/** The documents of a projection in memory, after these events of one stream; `arrive` has more of them known by the next `caughtUp`. */
export class DocumentsAfter<Doc extends object, Event extends DomainEvent> extends DocumentMap<Doc, Event> {
  readonly #events: Event[] = [];
  readonly #listeners: ((changed: readonly Stored<Doc>[]) => void)[] = [];

  constructor(
    private readonly folded: Projection<Doc, Event>,
    events: readonly Event[],
  ) {
    super(folded);
    this.arrive(...events);
    this.#fold();
  }

  arrive(...events: readonly Event[]): void {
    this.#events.push(...events);
  }

  onChange(listener: (changed: readonly Stored<Doc>[]) => void): void {
    this.#listeners.push(listener);
  }

  async caughtUp(): Promise<void> {
    this.#fold();
  }

  #fold(): void {
    const recorded = record(this.#events, () => `${this.folded.categories[0]}-all`);
    const changed = recorded.slice(this.newest + 1).flatMap((event) => this.apply(event));
    this.#listeners.forEach((listener) => listener(changed));
  }
}
