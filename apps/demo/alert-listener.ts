import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ArrivedAlert } from './verify.ts';

export type Arrival = ArrivedAlert & {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  /** Names and values in the order and case they were sent in. */
  readonly sentHeaders: readonly (readonly [name: string, value: string])[];
};

export type AlertListener = {
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Answers every request on a loopback port with `status`, after handing it on. Port 0 takes a free one. */
export async function listenForAlerts(options: {
  port: number;
  status: number;
  onArrival: (arrival: Arrival) => void;
}): Promise<AlertListener> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    options.onArrival(await arrivalOf(request));
    response.writeHead(options.status, { 'Content-Type': 'text/plain' }).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function arrivalOf(request: IncomingMessage): Promise<Arrival> {
  const at = new Date();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = request.rawHeaders;
  const sentHeaders = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []));
  return {
    at,
    method: request.method ?? '',
    path: request.url ?? '',
    sentHeaders,
    headers: Object.fromEntries(sentHeaders.map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
