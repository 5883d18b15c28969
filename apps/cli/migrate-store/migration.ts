import type { EventStore } from '../../../libs/platform/event-store/index.ts';
import { APART, compare, NOTHING_YET, type Comparison } from './comparison.ts';
import type { Readable } from './events-of.ts';
import { checkKey, type Keys } from './key-check.ts';
import { copyInOrder } from './ordered-copy.ts';
import { readPatiently } from './patience.ts';
import { inWords, type Progress } from './progress-lines.ts';
import { MigrationRefused, WAY_OUT } from './refused.ts';
import { copyStreams, PORTION } from './stream-copies.ts';
import { survey } from './survey.ts';
import type { Tally } from './tally.ts';

export type Migration = {
  readonly source: Readable;
  readonly target: EventStore;
  readonly keys: Keys;
  readonly say: (line: string) => void;
  readonly progress: Progress;
  /** Its reason is thrown once nothing is in flight. */
  readonly stopping: AbortSignal;
};

/**
 * Makes the target hold the source's events: all categories but deliveries in exactly their order, then the deliveries, stream by
 * stream. A migration that was interrupted at any point is finished by doing it again.
 * @throws {MigrationRefused} before anything is written if the key is wrong or the target is neither empty nor a beginning of this
 *   copy; later if the target is found not to be one any more.
 * @throws {StoreUnavailable} when the target stays away.
 */
export async function migrate({ source, target, keys, say, progress, stopping }: Migration): Promise<void> {
  const during = progress.during;
  const { tally, sealed } = await during('Reading the data folder', () => survey(source, stopping, progress.moved));
  linesOf(tally).forEach(say);
  checkKey(keys, sealed);

  const ordered = tally.categories.filter((category) => category !== APART);
  const reads = readPatiently(target, stopping);
  const compareAll = () =>
    during('Comparing what the target holds', () => compare(source, reads, ordered, NOTHING_YET, progress.moved));
  const held = await compareAll();
  if (isWhole(held, tally)) return say('The target holds all of this already.');
  if (held.tally.events() > 0) say('The target holds some of this already; going on from there.');

  const copying = { source, target, stopping, copied: progress.moved };
  const counts = { total: tally.events(ordered), done: held.tally.events(ordered) };
  await during('Events in order, all but deliveries', () => copyInOrder(copying, ordered, held), counts);
  const total = tally.of(APART).streams;
  const begun = held.tally.of(APART).streams;
  await during('Streams of deliveries', () => copyStreams(copying, begun), { total });

  let copied = await compareAll();
  if (!isWhole(copied, tally) && begun > PORTION) {
    await during('Streams of deliveries, all of them again', () => copyStreams(copying, 0), { total });
    copied = await compareAll();
  }
  if (isWhole(copied, tally)) return say(`All ${inWords(tally.events())} events are there, by id and in order.`);
  linesOf(copied.tally).forEach(say);
  throw new MigrationRefused(`The target holds something else than the data folder: see above. ${WAY_OUT}`);
}

const isWhole = ({ complete, tally }: Comparison, source: Tally): boolean => complete && tally.equals(source);

function linesOf(tally: Tally): string[] {
  const rows = tally.categories.map((category) => {
    const { events, streams } = tally.of(category);
    return `  ${category.padEnd(16)} ${inWords(events).padStart(12)} events ${inWords(streams).padStart(12)} streams`;
  });
  return rows.length > 0 ? rows : ['  no events'];
}
