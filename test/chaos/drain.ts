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
export async function caughtUp(api: AxiosInstance): Promise<boolean> {
  const deadline = performance.now() + LONGEST_STANDSTILL_MS;
  while (performance.now() < deadline) {
    const { status, data } = await api.get<{ lag: Record<string, number> }>('/health/ready');
    if (status === 200 && Object.values(data.lag).every((lag) => lag === 0)) return true;
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

/**
 * Resolves when nothing is due any more, now or later, and no bulk redelivery runs. `settle` is asked, too, and may change things.
 * Answers what still stands after a long time without an alert.
 */
export async function drain(
  api: AxiosInstance,
  receivers: Pick<Receivers, 'receipts'>,
  settle: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<string[]> {
  let [alerts, movedAt] = [receivers.receipts.length, performance.now()];
  for (;;) {
    const isCaughtUp = await caughtUp(api);
    const { data: jobs } = await api.get<Page<View>>('/redeliveries?status=running&limit=1');
    const pending = await someOf(api, '/deliveries?status=pending');
    const settled = pending.length === 0 && jobs.items.length === 0 && (await settle());
    if (isCaughtUp && settled && pending.length === 0 && (await caughtUp(api))) {
      if ((await someOf(api, '/deliveries?status=pending')).length === 0) return [];
    }
    if (receivers.receipts.length > alerts) [alerts, movedAt] = [receivers.receipts.length, performance.now()];
    if (performance.now() - movedAt > LONGEST_STANDSTILL_MS) {
      return [`nothing moves, and ${JSON.stringify({ isCaughtUp, pending, jobs: jobs.items })} is left`];
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** The first few; a page may be empty and not be the last. */
async function someOf(api: AxiosInstance, path: string): Promise<readonly View[]> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { status, data } = await api.get<Page<View>>(path, { params: { limit: 3, cursor } });
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    if (data.items.length > 0) return data.items;
    cursor = data.nextCursor;
  }
  return [];
}
