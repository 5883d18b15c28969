import {
  START,
  type DomainEvent,
  type Documents,
  type Position,
  type Projection,
  type Recorded,
} from '../kernel/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';

const PAGE = 1_000;

/** Documents of a projection in memory, found by id or by a declared field, folded forward event by event. */
export class DocumentMap<Doc extends object, Event extends DomainEvent> implements Documents<Doc> {
  readonly #stored = new Map<string, Stored<Doc>>();
  readonly #byField = new Map<string, Map<unknown, Set<string>>>();
  readonly #inOrder = new WeakMap<Set<string>, readonly string[]>();

  constructor(private readonly projection: Projection<Doc, Event>) {
    for (const { field } of projection.fields) this.#byField.set(field, new Map());
  }

  /** The position of the newest event that is folded into one of them. */
  newest: Position = START;

  get size(): number {
    return this.#stored.size;
  }

  get = (id: string): Doc | undefined => this.#stored.get(id)?.document;

  /** In order of id, so that it does not matter whether a document was folded or loaded: a saga that repeats an event asks for the same. */
  where = (field: string, value: string | number | boolean): readonly Doc[] => {
    const ids = this.#indexOf(field).get(value);
    if (!ids) return [];
    let ordered = this.#inOrder.get(ids);
    if (!ordered) this.#inOrder.set(ids, (ordered = [...ids].sort()));
    return ordered.flatMap((id) => this.get(id) ?? []);
  };

  all(): Doc[] {
    return [...this.#stored.values()].map((stored) => stored.document);
  }

  async load(collection: Collection<Doc>): Promise<void> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await collection.find({
        sort: { field: 'id', direction: 'asc' },
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      page.items.forEach((stored) => this.put(stored));
      cursor = page.nextCursor;
    }
  }

  /** Takes over what another has. */
  adopt(other: DocumentMap<Doc, Event>): void {
    for (const stored of other.#stored.values()) this.put(stored);
  }

  put(stored: Stored<Doc>): void {
    this.newest = Math.max(this.newest, stored.position);
    const before = this.#stored.get(stored.id);
    for (const [field, index] of this.#byField) {
      const was = before && (before.document as Record<string, unknown>)[field];
      const is = (stored.document as Record<string, unknown>)[field];
      if (before && was === is) continue;
      const left = index.get(was);
      if (left?.delete(stored.id)) this.#inOrder.delete(left);
      const joined = index.get(is) ?? new Set();
      index.set(is, joined.add(stored.id));
      this.#inOrder.delete(joined);
    }
    this.#stored.set(stored.id, stored);
  }

  /** Folds one event; answers the documents it changed. An event already folded in changes nothing. */
  apply(event: Recorded<Event>): Stored<Doc>[] {
    const changed: Stored<Doc>[] = [];
    for (const id of this.projection.keys(event)) {
      const before = this.#stored.get(id);
      if (before && before.position >= event.position) continue;
      const document = this.projection.fold(before?.document, event, id, this);
      if (document === undefined || document === before?.document) continue;
      const stored = { id, position: event.position, document };
      this.put(stored);
      changed.push(stored);
    }
    return changed;
  }

  #indexOf(field: string): Map<unknown, Set<string>> {
    const index = this.#byField.get(field);
    if (!index) throw new Error(`${this.projection.name} declares no field ${field}`);
    return index;
  }
}
