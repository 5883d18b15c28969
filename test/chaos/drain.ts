import { setTimeout as delay } from 'node:timers/promises';
import type { AxiosInstance } from 'axios';
import type { Receivers } from './receivers.ts';

type View = { readonly id: string; readonly status: string };
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

const LOOK_EVERY_MS = 100;
const LONGEST_STANDSTILL_MS = 30_000;

/** All items of a list, over all its pages. */
export async function everyItem<Item = View>(api: AxiosInstance, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { status, data } = await api.get<Page<Item>>(path, { params: { limit: 200, cursor } });
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    items.push(...data.items);
    cursor = data.nextCursor;
  }
  return items;
}

/** Resolves when everything in the store is folded and reacted to; false if that comes to a standstill. */
export async function caughtUp(api: AxiosInstance, patienceMs = LONGEST_STANDSTILL_MS): Promise<boolean> {
  let [seen, movedAt] = ['', performance.now()];
  while (performance.now() - movedAt < patienceMs) {
    const { status, data } = await api.get<{ lag: Record<string, number> }>('/health/ready');
    if (status === 200 && Object.values(data.lag).every((lag) => lag === 0)) return true;
    const sees = JSON.stringify(data.lag);
    if (sees !== seen) [seen, movedAt] = [sees, performance.now()];
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

/**
 * Resolves when nothing is due any more, now or later, and no bulk redelivery runs. `settle` is asked, too, and may change things.
 * Answers what still stands after a long time in which there was no alert, and nothing caught up.
 */
export async function drain(
  api: AxiosInstance,
  receivers: Pick<Receivers, 'receipts'>,
  settle: () => Promise<boolean> = () => Promise.resolve(true),
  patienceMs = LONGEST_STANDSTILL_MS,
): Promise<string[]> {
  let [seen, movedAt] = ['', performance.now()];
  for (;;) {
    const left = (await caughtUp(api)) ? await leftOver(api) : 'what is not caught up with';
    // What settles something makes more of it due.
    if (left === undefined && (await settle()) && (await caughtUp(api)) && !(await leftOver(api))) return [];
    const { data: health } = await api.get<unknown>('/health/ready');
    const sees = JSON.stringify([receivers.receipts.length, health]);
    if (sees !== seen) [seen, movedAt] = [sees, performance.now()];
    if (performance.now() - movedAt > patienceMs)
      return [`nothing moves, and ${left ?? 'what is held'} is left: ${sees}`];
    await delay(LOOK_EVERY_MS);
  }
}

/** What is due, now or later. */
async function leftOver(api: AxiosInstance): Promise<string | undefined> {
  const { data: jobs } = await api.get<Page<View>>('/redeliveries?status=running&limit=1');
  const left = [...jobs.items, ...(await someOf(api, '/deliveries?status=pending'))];
  return left.length === 0 ? undefined : JSON.stringify(left);
}

/** The first few; a page may be empty and not be the last. */
async function someOf(api: AxiosInstance, path: string): Promise<readonly View[]> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { status, data } = await api.get<Page<View>>(path, { params: { limit: 200, cursor } });
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    if (data.items.length > 0) return data.items.slice(0, 3);
    cursor = data.nextCursor;
  }
  return [];
}
