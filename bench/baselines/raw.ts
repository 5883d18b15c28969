import { join } from 'node:path';
import type { Resources } from '../processes/resources.ts';
import type { Loop, RawLoopHandlers } from './raw-loop.ts';

/** Requests a second of a loop in a process of its own. */
export async function rawLoop(resources: Resources, loop: Loop): Promise<number> {
  const child = resources.child<RawLoopHandlers>(join(import.meta.dirname, 'raw-loop.js'));
  const seconds = await child.call('run', loop);
  await child.end();
  return loop.requests / seconds;
}
