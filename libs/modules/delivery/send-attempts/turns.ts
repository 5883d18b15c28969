import type { SendingQueue } from './sending-lane.ts';

/** The round-robin ring: queues that may have something to send, served in turn as long as there is room. */
export class Turns {
  #ring: SendingQueue[] = [];
  #scheduled = false;

  constructor(
    private readonly hasRoom: () => boolean,
    private readonly serve: (queue: SendingQueue) => void,
    private readonly onPause: () => void,
  ) {}

  get isEmpty(): boolean {
    return this.#ring.length === 0;
  }

  add(queue: SendingQueue): void {
    if (queue.queued) return;
    queue.queued = true;
    this.#ring.push(queue);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.run();
    });
  }

  /** One step for each queue in turn, until there is no room or nobody left. */
  run(): void {
    while (this.hasRoom()) {
      const queue = this.#ring.shift();
      if (!queue) break;
      queue.queued = false;
      this.serve(queue);
    }
    this.onPause();
  }

  clear(): void {
    for (const queue of this.#ring) queue.queued = false;
    this.#ring = [];
  }
}
