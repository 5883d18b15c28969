import { StoreUnavailable, type EventStore } from '../../../../libs/platform/event-store/index.ts';
import type { Recorded } from '../../../../libs/platform/kernel/index.ts';

type Appended = Promise<readonly Recorded[]>;
type Trouble = {
  /** In place of an append, by the number of the call: `append` makes it. */
  readonly append: (call: number, append: () => Appended) => Appended;
  /** Before something is read. */
  readonly read?: () => void;
};

/** A store that something happens to. */
export function troubled(store: EventStore, { append, read = () => undefined }: Trouble): EventStore {
  let calls = 0;
  return {
    waiting: 0,
    stride: store.stride,
    failure: undefined,
    append: (request) => append(calls++, () => store.append(request)),
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    head: async () => {
      read();
      return store.head();
    },
    end: () => store.end(),
    follow: (options) => store.follow(options),
    close: () => store.close(),
  };
}

export const lost = async (): Appended => {
  throw new StoreUnavailable('The store is away.');
};

export async function unanswered(append: () => Appended): Appended {
  await append();
  throw new StoreUnavailable('The store went away.');
}
