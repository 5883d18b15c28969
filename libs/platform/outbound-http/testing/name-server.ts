import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

export type Zone = Readonly<
  Record<string, { readonly a?: string; readonly aaaa?: string; readonly ttl?: number } | 'silent'>
>;

const TYPES = { 1: 'a', 28: 'aaaa' } as const;

/** A name server on 127.0.0.1 for a few names: it says of others that they do not exist, nothing about silent ones, and fails for what is `failing`. */
export class NameServer {
  readonly asked: string[] = [];
  readonly #socket: Socket = createSocket('udp4');

  constructor(private readonly zone: Zone) {
    this.#socket.on('message', (query, from) => this.#answer(query, from));
  }

  /** Its address and port. */
  start(): Promise<string> {
    return new Promise((resolve) => {
      this.#socket.bind(0, '127.0.0.1', () => resolve(`127.0.0.1:${this.#socket.address().port}`));
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  #answer(query: Buffer, from: RemoteInfo): void {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const end = at + 5;
    const type = query.readUInt16BE(at + 1);
    const name = labels.join('.');
    this.asked.push(name);
    const known = this.zone[name];
    if (known === 'silent') return;
    const wanted = type === 1 || type === 28 ? known?.[TYPES[type]] : undefined;
    const failing = wanted === 'failing';
    const record = wanted === undefined || failing ? Buffer.alloc(0) : recordOf(type, wanted, known?.ttl ?? 0);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(known === undefined ? 0x8183 : failing ? 0x8182 : 0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(record.length > 0 ? 1 : 0, 6);
    this.#socket.send(Buffer.concat([header, query.subarray(12, end), record]), from.port, from.address);
  }
}

/** `address` in full: four parts of IPv4 or eight of IPv6. */
function recordOf(type: number, address: string, ttl: number): Buffer {
  const data =
    type === 1
      ? Buffer.from(address.split('.').map(Number))
      : Buffer.from(address.split(':').flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 0xff]));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttl, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
