import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { selfSigned } from './self-signed.ts';

export type Receiver = {
  readonly port: number;
  /** On 127.0.0.1; begins with `https:` for a TLS receiver. */
  readonly url: string;
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Server names that TLS clients asked for. */
  readonly serverNames: readonly (string | false | null | undefined)[];
};

/** Real servers on the loopback interface, all stopped by `stopAll`. */
export class Receivers {
  readonly #running: { server: Server; sockets: Set<Socket> }[] = [];

  http(listener: RequestListener): Promise<Receiver> {
    return this.#start('http', createHttpServer(listener));
  }

  https(listener: RequestListener): Promise<Receiver> {
    return this.#start('https', createHttpsServer(selfSigned, listener));
  }

  /** A server that speaks whatever the test wants. */
  tcp(listener: (socket: Socket) => void): Promise<Receiver> {
    return this.#start('http', createTcpServer(listener));
  }

  async stopAll(): Promise<void> {
    await Promise.all(
      this.#running.splice(0).map(({ server, sockets }) => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  async #start(scheme: string, server: Server): Promise<Receiver> {
    const sockets = new Set<Socket>();
    const serverNames: Receiver['serverNames'][number][] = [];
    let accepted = 0;
    server.on('connection', (socket: Socket) => {
      accepted += 1;
      sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)));
    });
    server.on('secureConnection', (socket: { servername?: string | false | null }) =>
      serverNames.push(socket.servername),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#running.push({ server, sockets });
    const { port } = server.address() as AddressInfo;
    return { port, url: `${scheme}://127.0.0.1:${port}/`, connections: () => accepted, serverNames };
  }
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const receivers = new Receivers();
  const { port } = await receivers.tcp(() => undefined);
  await receivers.stopAll();
  return port;
}
