const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/** Cuts what comes in on a connection into requests that have a Content-Length. */
export class RequestReader {
  #rest: Buffer | undefined;
  /** Of the request at the beginning of the rest; 0 until its head is there. */
  #needed = 0;

  /** The requests that are complete with this chunk, head and body. */
  push(chunk: Buffer): Buffer[] {
    let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    const requests: Buffer[] = [];
    for (;;) {
      if (this.#needed === 0) this.#needed = lengthOf(bytes);
      if (this.#needed === 0 || bytes.length < this.#needed) break;
      requests.push(bytes.subarray(0, this.#needed));
      bytes = bytes.subarray(this.#needed);
      this.#needed = 0;
    }
    this.#rest = bytes.length === 0 ? undefined : bytes;
    return requests;
  }
}

function lengthOf(bytes: Buffer): number {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return 0;
  const length = LENGTH.exec(bytes.toString('latin1', 0, end))?.[1] ?? '0';
  return end + END_OF_HEAD.length + Number(length);
}
