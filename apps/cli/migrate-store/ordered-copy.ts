import { StoreUnavailable, WrongExpectedRevision, type EventStore } from '../../../libs/platform/event-store/index.ts';
import { AppendGroups } from './append-groups.ts';
import { AppendWindow } from './append-window.ts';
import { compare, type Agreement } from './comparison.ts';
import { eventsOf, type Readable } from './events-of.ts';
import { Patience, readPatiently } from './patience.ts';

export type Copying = {
  readonly source: Readable;
  readonly target: EventStore;
  readonly stopping: AbortSignal;
  /** So many more are known to be in the target. */
  readonly copied: (count: number) => void;
};

type Reached = (agreed: Agreement, events: number) => void;

/**
 * Copies categories in exactly the source's order. Many appends are called before the first is answered: a store commits them in the
 * order of the calls. When one fails no more are called, and it goes on only if what the target then holds is a beginning of the
 * source.
 * @throws {MigrationRefused} when the target lacks an event and has a later one.
 * @throws {StoreUnavailable} when the target stays away.
 */
export async function copyInOrder(copying: Copying, ordered: readonly string[], from: Agreement): Promise<void> {
  const { source, target, stopping, copied } = copying;
  const patience = new Patience(stopping);
  const reads = readPatiently(target, stopping);
  let agreed = from;
  const reached: Reached = (moved, events) => {
    agreed = moved;
    patience.progressed();
    copied(events);
  };
  for (;;) {
    const failure = await copyOn(copying, ordered, agreed, reached);
    stopping.throwIfAborted();
    if (!failure) return;
    const { error } = failure;
    if (!(error instanceof StoreUnavailable || error instanceof WrongExpectedRevision)) throw error;
    await patience.failed(error);
    const found = await compare(source, reads, ordered, agreed);
    if (found.source > agreed.source) reached(found, found.tally.events());
  }
}

/** Until the end, the first failure, or a stop. Nothing is in flight when it returns. */
async function copyOn(
  { source, target, stopping }: Copying,
  ordered: readonly string[],
  from: Agreement,
  reached: Reached,
): Promise<{ readonly error: unknown } | undefined> {
  const window = new AppendWindow(target, ({ request, last }, recorded) =>
    reached({ source: last, target: recorded.at(-1)?.position ?? from.target }, request.events.length),
  );
  const groups = new AppendGroups();
  for await (const event of eventsOf(source, { after: from.source, categories: ordered })) {
    if (window.failure || stopping.aborted) break;
    const copy = groups.add(event);
    if (copy) await window.call(copy);
  }
  const last = groups.end();
  if (last && !stopping.aborted) await window.call(last);
  await window.drained();
  return window.failure;
}
