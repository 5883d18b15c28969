import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 10_000;
/** Of the time between two looks. */
const MOST_BUSY = 0.05;
const WORTH_IT_BYTES = 64 * 1024 * 1024;

/** Where memory is plenty V8 lets garbage pile up to several times of what is in use. */
export const growHeapSparingly = (): void => setFlagsFromString('--heap-growing-percent=50');

/**
 * Gives back what a busy time has left as garbage: V8 collects as it allocates, and a process that has become idle does not.
 * Looks every 10 s, and collects only when there is much to gain and nobody to wait.
 */
export function giveBackIdleMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let afterLast = getHeapStatistics().total_heap_size;
  let cpu = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    const isIdle = (user + system) / 1_000 < EVERY_MS * MOST_BUSY;
    if (!isIdle || getHeapStatistics().total_heap_size < afterLast + WORTH_IT_BYTES) return;
    collect();
    afterLast = getHeapStatistics().total_heap_size;
  }, EVERY_MS).unref();
}
