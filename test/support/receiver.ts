import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Alert = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The exact bytes, as text. */
  readonly raw: string;
  readonly body: { id: string; timestamp: string; workspaceId: string; type: string; data: Record<string, unknown> };
  readonly receivedAt: number;
};

export type Answer = { status: number; body?: string; headers?: Record<string, string> };

/** A real HTTP server on loopback that keeps every alert it gets, and answers as it is told. */
export class Receiver {
  readonly alerts: Alert[] = [];
  answer: (alert: Alert) => Answer | Promise<Answer> = () => ({ status: 200, body: 'ok' });
  readonly #waiting: { until: () => boolean; resolve: () => void }[] = [];
  #server: Server | undefined;
  #events = 0;
  url = '';

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const body = JSON.parse(raw) as Alert['body'];
        const alert = { path: request.url ?? '/', headers: request.headers, raw, body, receivedAt: Date.now() };
        void receiver.#take(alert).then(({ status, body: text, headers }) => {
          response.writeHead(status, headers);
          response.end(text ?? '');
        });
      });
    });
    await new Promise<void>((resolve) => receiver.#server?.listen(0, '127.0.0.1', resolve));
    receiver.url = `http://127.0.0.1:${(receiver.#server.address() as AddressInfo).port}`;
    return receiver;
  }

  /** Alerts of platform events: all but tests. */
  get events(): Alert[] {
    return this.alerts.filter(({ body }) => body.type !== 'test');
  }

  /** How often each platform event has arrived, by hook id. */
  readonly counts = new Map<string, number>();

  /** Resolves once this many alerts of platform events have arrived. */
  async received(count: number): Promise<Alert[]> {
    await this.until(() => this.#events >= count);
    return this.events;
  }

  /** Resolves once the condition holds, looking at each arrival. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => this.#waiting.push({ until: condition, resolve }));
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #take(alert: Alert): Promise<Answer> {
    this.alerts.push(alert);
    if (alert.body.type !== 'test') {
      this.#events++;
      this.counts.set(alert.body.id, (this.counts.get(alert.body.id) ?? 0) + 1);
    }
    for (const waiter of [...this.#waiting]) {
      if (!waiter.until()) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.resolve();
    }
    return this.answer(alert);
  }
}
