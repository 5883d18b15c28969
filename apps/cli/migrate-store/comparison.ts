import { START, type Position, type Recorded } from '../../../libs/platform/kernel/index.ts';
import { eventsOf, type Readable } from './events-of.ts';
import { MigrationRefused, notACopy, WAY_OUT } from './refused.ts';
import { Tally } from './tally.ts';

/** Streams of this category are copied after all others, side by side. */
export const APART = 'delivery';

/** Up to these positions both hold the same events in the same order, but for those that are copied apart. */
export type Agreement = { readonly source: Position; readonly target: Position };
export const NOTHING_YET: Agreement = { source: START, target: START };

export type Comparison = Agreement & {
  /** Of all that the target holds after where the comparison began. */
  readonly tally: Tally;
  /** The target has all of the source's events that are copied in order. */
  readonly complete: boolean;
};

/**
 * Reads what the target holds beside what the source holds in the categories that are copied in order.
 * @throws {MigrationRefused} unless the target holds a beginning of that, and after the whole of it only events that are copied apart.
 */
export async function compare(
  source: Readable,
  target: Readable,
  ordered: readonly string[],
  from: Agreement = NOTHING_YET,
  seen: (events: number) => void = () => undefined,
): Promise<Comparison> {
  const expected = eventsOf(source, { after: from.source, categories: ordered });
  const tally = new Tally();
  let agreed = from;
  for await (const found of eventsOf(target, { after: from.target })) {
    const early = tally.of(APART).events > 0;
    tally.add(found);
    seen(1);
    if (found.category === APART) continue;
    const { value } = await expected.next();
    if (!value || early || !isSame(value, found)) throw notACopy(found, early ? undefined : value);
    agreed = { source: value.position, target: found.position };
  }
  const { done } = await expected.next();
  if (!done && tally.of(APART).events > 0) {
    throw new MigrationRefused(
      `The target holds deliveries already, and not everything that comes before them: the data folder has changed since the copy began. ${WAY_OUT}`,
    );
  }
  return { ...agreed, tally, complete: done === true };
}

const isSame = (a: Recorded, b: Recorded): boolean =>
  a.id === b.id && a.stream === b.stream && a.revision === b.revision && a.type === b.type;
