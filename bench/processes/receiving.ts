import { join } from 'node:path';
import type { Child } from './child.ts';
import type { Behaviour, Received, ReceiverHandlers } from './receiver.ts';
import type { Resources } from './resources.ts';

export const answering = (afterMs = 0, status = 200): Behaviour => ({ kind: 'answer', status, afterMs });

const PATIENCE_MS = 60_000;

/** A receiver in a process of its own, with as many ports as are asked for. */
export class Receiving {
  readonly #child: Child<ReceiverHandlers>;

  constructor(resources: Resources) {
    this.#child = resources.child(join(import.meta.dirname, 'receiver.js'));
  }

  async open(behaviour: Behaviour = answering()): Promise<Port> {
    return new Port(this.#child, await this.#child.call('open', { behaviour }));
  }
}

export class Port {
  readonly url: string;

  constructor(
    private readonly child: Child<ReceiverHandlers>,
    private readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  behave(behaviour: Behaviour): Promise<void> {
    return this.child.call('behave', { port: this.port, behaviour });
  }

  received(): Promise<Received> {
    return this.child.call('received', { port: this.port });
  }

  reset(): Promise<void> {
    return this.child.call('reset', { port: this.port });
  }

  /** @throws when nothing arrives for a minute and some are missing still. */
  async until(requests: number): Promise<void> {
    const reached = this.child.call('until', { port: this.port, requests }).then(() => true);
    for (let before = -1; ;) {
      const timer = Promise.withResolvers<false>();
      const patience = setTimeout(() => timer.resolve(false), PATIENCE_MS);
      const done = await Promise.race([reached, timer.promise]).finally(() => clearTimeout(patience));
      if (done) return;
      const { requests: now } = await this.received();
      if (now === before) throw new Error(`Only ${now} of ${requests} requests arrived.`);
      before = now;
    }
  }

  /** Refuses connections from now on. */
  close(): Promise<void> {
    return this.child.call('close', { port: this.port });
  }
}
