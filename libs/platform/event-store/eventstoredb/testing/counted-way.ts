import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const STILL_FOR_MS = 300;

/** A way to a server that counts the bytes that come from it. */
export class CountedWay {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Socket[];
  bytes = 0;

  private constructor(server: Server, sockets: Socket[]) {
    this.#server = server;
    this.#sockets = sockets;
    this.url = `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false`;
  }

  static async to(url: string): Promise<CountedWay> {
    const [host, port] = url.replace(/^esdb:\/\/|\?.*$/g, '').split(':');
    const sockets: Socket[] = [];
    const server = createServer((near) => {
      const far = connect(Number(port), host);
      sockets.push(near, far);
      near.pipe(far).pipe(near);
      far.on('data', (chunk: Buffer) => (way.bytes += chunk.length));
      for (const socket of [near, far]) socket.on('error', () => [near, far].forEach((each) => each.destroy()));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const way: CountedWay = new CountedWay(server, sockets);
    return way;
  }

  /** The bytes, once none have come for a while. */
  async standsStill(): Promise<number> {
    for (let before = -1; before !== this.bytes;) {
      before = this.bytes;
      await delay(STILL_FOR_MS);
    }
    return this.bytes;
  }

  close(): void {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#server.close();
  }
}
