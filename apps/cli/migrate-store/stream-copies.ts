import { StoreUnavailable, WrongExpectedRevision } from '../../../libs/platform/event-store/index.ts';
import type { Recorded } from '../../../libs/platform/kernel/index.ts';
import { copiesOf } from './append-groups.ts';
import { APART } from './comparison.ts';
import { eventsOf, pagesOf } from './events-of.ts';
import type { Copying } from './ordered-copy.ts';
import { patiently } from './patience.ts';
import { MigrationRefused, WAY_OUT } from './refused.ts';

/** Names of so many streams are held at a time; all of them are copied before the next ones are begun. */
export const PORTION = 2_000;
const AT_ONCE = 64;

/**
 * Copies the streams of the category that is copied apart, each whole and in its order, many at the same time, in the order in which
 * they begin in the source. What is there already is appended again, which changes nothing.
 * @param begun how many streams the target has some of: all but the last portion of them are complete, and passed over.
 * @throws {MigrationRefused} when a stream of the target is no beginning of the source's.
 * @throws {StoreUnavailable} when the target stays away.
 */
export async function copyStreams(copying: Copying, begun: number): Promise<void> {
  let passed = Math.max(0, Math.ceil(begun / PORTION) - 1) * PORTION;
  copying.copied(passed);
  let portion: string[] = [];
  for await (const { revision, stream } of eventsOf(copying.source, { categories: [APART] })) {
    if (revision > 0 || passed-- > 0) continue;
    portion.push(stream);
    if (portion.length < PORTION) continue;
    await copyAll(copying, portion);
    portion = [];
  }
  await copyAll(copying, portion);
}

async function copyAll(copying: Copying, streams: readonly string[]): Promise<void> {
  const left = streams.values();
  let failed = false;
  const copyNext = async () => {
    for (const stream of left) {
      if (failed) return;
      await copyStream(copying, stream);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, () =>
    copyNext().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  await Promise.all(workers);
}

async function copyStream({ source, target, stopping, copied }: Copying, stream: string): Promise<void> {
  for await (const events of pagesOf(source, stream)) await patiently(() => appendAll(target, events), stopping);
  copied(1);
}

/** The appends of one stream need not wait for each other: one that came without those before it would be at a wrong revision. */
async function appendAll(target: Copying['target'], events: readonly Recorded[]): Promise<void> {
  const outcomes = await Promise.allSettled(copiesOf(events).map(({ request }) => target.append(request)));
  const errors = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
  if (errors.length === 0) return;
  const error = errors.find((each) => each instanceof StoreUnavailable) ?? errors[0];
  if (!(error instanceof WrongExpectedRevision)) throw error;
  const message = `The stream ${error.stream} of the target is not a beginning of the one in the data folder.`;
  throw new MigrationRefused(`${message} ${WAY_OUT}`, { cause: error });
}
