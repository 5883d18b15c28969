import { cpSync, openSync, closeSync, fsyncSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Carillon } from '../processes/carillon.ts';
import type { Port } from '../processes/receiving.ts';
import type { Resources } from '../processes/resources.ts';
import { writeHistory, type History } from './history.ts';
import { releaseAll } from './releases.ts';
import { createWebhooks, oneEach, type Webhook } from './webhooks.ts';

export type Seed = Omit<History, 'webhooks'> & {
  /** How many, each in a workspace of its own, all made disabled. */
  readonly webhooks: number;
  readonly port: Port;
};

/** A data folder with a history, and read models that have caught up with it. No server is running on it. */
export type SeededFolder = { readonly folder: string; readonly webhooks: readonly Webhook[] };

export async function seedFolder(
  resources: Resources,
  { webhooks: count, port, ...history }: Seed,
): Promise<SeededFolder> {
  const folder = resources.folder();
  const first = await Carillon.start(resources, folder);
  if (history.madeOn === 'newest') await releaseAll(first);
  const webhooks = await createWebhooks(first, oneEach(count, port.url, 'disabled'));
  if (history.madeOn === 'first') await releaseAll(first);
  await port.until(count);
  await first.stop();
  if (history.deliveries > 0) await writeHistory(folder, { ...history, webhooks });
  const second = await Carillon.start(resources, folder);
  await second.caughtUp(50);
  await second.stop();
  await port.reset();
  return { folder, webhooks };
}

/** On the disk when this returns, so that what is measured next does not wait for it to be written. */
export function copyOf({ folder, webhooks }: SeededFolder, resources: Resources): SeededFolder {
  const copy = resources.folder();
  cpSync(folder, copy, { recursive: true });
  for (const name of readdirSync(copy)) {
    const file = openSync(join(copy, name), 'r+');
    fsyncSync(file);
    closeSync(file);
  }
  return { folder: copy, webhooks };
}
