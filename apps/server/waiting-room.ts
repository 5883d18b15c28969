import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Config } from '../../libs/platform/config/index.ts';
import { newTraceId, problem, PROBLEM_TYPE } from '../../libs/platform/http/index.ts';

const RETRY_AFTER_SECONDS = '5';

/** Answers on the server's port until the server does, which may wait for an engine: alive, not ready, and why. */
export class WaitingRoom {
  #reason = 'The server is being started.';

  private constructor(private readonly server: Server) {}

  static async open({ host, port, headerPrefix }: Config): Promise<WaitingRoom> {
    const server = createServer((request, response) => room.#answer(request, response, `${headerPrefix}-Trace-Id`));
    const room = new WaitingRoom(server);
    server.listen(port, host);
    await once(server, 'listening');
    return room;
  }

  waitsFor(reason: string): void {
    this.#reason = reason;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  #answer({ url }: IncomingMessage, response: ServerResponse, traceHeader: string): void {
    const path = url?.split('?')[0];
    if (path === '/health/live') return answer(response, 200, { status: 'live' });
    if (path === '/health/ready')
      return answer(response, 503, { status: 'not-ready', reasons: [this.#reason], lag: {} });
    const traceId = newTraceId();
    const headers = { 'Retry-After': RETRY_AFTER_SECONDS, 'Content-Type': PROBLEM_TYPE, [traceHeader]: traceId };
    answer(response, 503, problem(503, `Not ready yet. ${this.#reason}`, traceId), headers);
  }
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  // Whoever asks again asks the server that comes after this one.
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close', ...headers });
  response.end(JSON.stringify(body));
}
