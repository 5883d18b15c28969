import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { nowMicros } from '../open-loop.ts';
import { stampIn } from '../payload.ts';
import { serve } from './child.ts';
import { RequestReader } from './request-reader.ts';

/** `hang` takes the request and never answers; `drip` answers with a byte a second. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly status: number; readonly afterMs: number; readonly close?: boolean }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drip' };

export type Received = {
  readonly requests: number;
  /** Instants in microseconds; 0 while there is no request. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** From the stamp in the alert to its receipt, in microseconds; of alerts with a stamp. */
  readonly latencies: number[];
};

const responseOf = (status: number, close: boolean): Buffer =>
  Buffer.from(`HTTP/1.1 ${status} Bench\r\nContent-Length: 2\r\n${close ? 'Connection: close\r\n' : ''}\r\nok`);
const DRIP_HEAD = 'HTTP/1.1 200 Bench\r\nContent-Length: 1000\r\n\r\n';

/** As little HTTP as a sender needs, so that the receiver is not what is measured. */
class Port {
  #received: Received = { requests: 0, firstAt: 0, lastAt: 0, latencies: [] };
  #response: Buffer = Buffer.alloc(0);
  #waiting: { requests: number; resolve: () => void }[] = [];
  readonly #hanging = new Set<Socket>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(private behaviour: Behaviour) {
    this.behave(behaviour);
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', 1024, resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  behave(behaviour: Behaviour): void {
    this.behaviour = behaviour;
    if (behaviour.kind !== 'answer') return;
    this.#response = responseOf(behaviour.status, behaviour.close === true);
    for (const socket of this.#hanging) socket.write(this.#response);
    this.#hanging.clear();
  }

  get received(): Received {
    return this.#received;
  }

  reset(): void {
    this.#received = { requests: 0, firstAt: 0, lastAt: 0, latencies: [] };
  }

  async until(requests: number): Promise<void> {
    if (this.#received.requests < requests)
      await new Promise<void>((resolve) => this.#waiting.push({ requests, resolve }));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    const reader = new RequestReader();
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#hanging.delete(socket);
    });
    socket.on('data', (chunk) => {
      for (const request of reader.push(chunk)) {
        this.#count(request);
        this.#answer(socket);
      }
    });
  }

  #count(request: Buffer): void {
    const now = nowMicros();
    const { requests, firstAt, latencies } = this.#received;
    const stamp = stampIn(request);
    if (stamp !== undefined) latencies.push(now - stamp);
    this.#received = { requests: requests + 1, firstAt: firstAt || now, lastAt: now, latencies };
    if (this.#waiting.length === 0) return;
    const reached = this.#waiting.filter((waiter) => waiter.requests <= requests + 1);
    this.#waiting = this.#waiting.filter((waiter) => !reached.includes(waiter));
    for (const { resolve } of reached) resolve();
  }

  #answer(socket: Socket): void {
    const { behaviour } = this;
    switch (behaviour.kind) {
      case 'answer': {
        const reply = () => (behaviour.close === true ? socket.end(this.#response) : socket.write(this.#response));
        if (behaviour.afterMs === 0) reply();
        else setTimeout(reply, behaviour.afterMs);
        return;
      }
      case 'hang':
        this.#hanging.add(socket);
        return;
      case 'drip': {
        socket.write(DRIP_HEAD);
        const drip = setInterval(() => socket.write('.'), 1_000);
        socket.on('close', () => clearInterval(drip));
      }
    }
  }
}

const ports = new Map<number, Port>();
const portOf = (number: number): Port => {
  const port = ports.get(number);
  if (!port) throw new Error(`Port ${number} is not open.`);
  return port;
};

const handlers = {
  open: async ({ behaviour }: { behaviour: Behaviour }) => {
    const port = new Port(behaviour);
    const number = await port.listen();
    ports.set(number, port);
    return number;
  },
  behave: ({ port, behaviour }: { port: number; behaviour: Behaviour }) => portOf(port).behave(behaviour),
  received: ({ port }: { port: number }) => portOf(port).received,
  reset: ({ port }: { port: number }) => portOf(port).reset(),
  until: ({ port, requests }: { port: number; requests: number }) => portOf(port).until(requests),
  close: ({ port }: { port: number }) => portOf(port).close(),
};
export type ReceiverHandlers = typeof handlers;

serve(handlers);
