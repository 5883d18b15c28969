import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, or made to swallow what is sent. */
export class TcpProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #to: { readonly host: string; readonly port: number };
  #cut = false;
  #silent = false;

  private constructor(host: string, port: number) {
    this.#to = { host, port };
    this.#server = createServer((socket) => this.#take(socket));
  }

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all connections and takes no other. */
  cut(): void {
    this.#cut = true;
    this.#end();
  }

  /** Connections stay, and nothing is answered on any. */
  silence(): void {
    this.#silent = true;
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#cut = this.#silent = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.#end();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #take(socket: Socket): void {
    if (this.#cut) {
      socket.destroy();
      return;
    }
    const onward = connect(this.#to);
    for (const [from, into] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => void into.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        into.destroy();
      });
      if (this.#silent) from.pause();
    }
  }
}
