import { isDeepStrictEqual } from 'node:util';
import type { AppendRequest } from '../../../libs/platform/event-store/index.ts';
import type { Position, Recorded } from '../../../libs/platform/kernel/index.ts';

/** An append that copies some events; `last` is the source's position of the last of them. */
export type Copy = { readonly request: AppendRequest; readonly last: Position; readonly bytes: number };

const MOST_EVENTS = 500;
/** An EventStoreDB takes 1 MiB in an append. */
const MOST_BYTES = 256 * 1024;
/** What an event takes beside its data: id, type, metadata. */
const BESIDE_DATA = 300;

/**
 * Events as appends that make the same events again, at the same revisions. Neighbours share one where an append can hold them: of
 * one stream, without a gap, and of the same metadata.
 */
export class AppendGroups {
  #group: Recorded[] = [];
  #bytes = 0;

  /** The append that this event did not fit in, if it begins another one. */
  add(event: Recorded): Copy | undefined {
    const bytes = Buffer.byteLength(JSON.stringify(event.data)) + BESIDE_DATA;
    const full = this.#fits(event, bytes) ? undefined : this.end();
    this.#group.push(event);
    this.#bytes += bytes;
    return full;
  }

  /** The append of what was added last. */
  end(): Copy | undefined {
    const [first] = this.#group;
    const last = this.#group.at(-1);
    if (!first || !last) return undefined;
    const request: AppendRequest = {
      stream: first.stream,
      expected: first.revision === 0 ? 'no-stream' : first.revision - 1,
      events: this.#group.map(({ id, type, data }) => ({ id, type, data })),
      metadata: first.metadata,
    };
    const copy = { request, last: last.position, bytes: this.#bytes };
    this.#group = [];
    this.#bytes = 0;
    return copy;
  }

  #fits(event: Recorded, bytes: number): boolean {
    const last = this.#group.at(-1);
    if (!last) return true;
    const follows = event.stream === last.stream && event.revision === last.revision + 1;
    const isSmall = this.#group.length < MOST_EVENTS && this.#bytes + bytes <= MOST_BYTES;
    return follows && isSmall && isDeepStrictEqual(event.metadata, last.metadata);
  }
}

export function copiesOf(events: readonly Recorded[]): Copy[] {
  const groups = new AppendGroups();
  const copies = events.map((event) => groups.add(event));
  return [...copies, groups.end()].filter((copy) => copy !== undefined);
}
