import type { Readable } from 'node:stream';

/** https://github.com/ndjson/ndjson-spec: one JSON value a line, ended by a line feed. */
export const JSON_LINES_TYPE = 'application/x-ndjson';

const MOST_LINES = 500;
const MOST_PARTS = 1_000;
/** Longer lines are skipped without being kept. */
export const LONGEST_LINE = 1024 * 1024;

/** A line as the value it is, or why it is none. */
export type JsonLine = { readonly value: unknown } | { readonly fault: string };

/**
 * A body of any length, as batches of its lines: what has arrived, at most 500 lines at a time. Nothing more is read until the next
 * batch is asked for. Blank lines are skipped. A body that breaks off ends with its last whole line.
 */
export class JsonLines implements AsyncIterable<readonly JsonLine[]> {
  readonly #body: Readable;
  readonly #parse: (text: string) => unknown;

  /** `parse` throws, with a message for the sender, what is no value. */
  constructor(body: Readable, parse: (text: string) => unknown) {
    this.#body = body;
    this.#parse = parse;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly JsonLine[]> {
    const lines = new LineSplitter();
    const chunks = this.#body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    try {
      for await (const chunk of chunks) yield* this.#batches(lines.push(chunk));
    } catch (error) {
      if (this.#body.errored) return;
      throw error;
    } finally {
      // Whoever stops early has a sender that may still be sending: what comes is read and dropped, so that the answer arrives.
      this.#body.resume();
    }
    yield* this.#batches(lines.end());
  }

  *#batches(lines: readonly (string | undefined)[]): Generator<readonly JsonLine[]> {
    const read = lines.filter((line) => line === undefined || line.trim() !== '').map((line) => this.#read(line));
    for (let i = 0; i < read.length; i += MOST_LINES) yield read.slice(i, i + MOST_LINES);
  }

  #read(line: string | undefined): JsonLine {
    if (line === undefined) return { fault: `is longer than ${LONGEST_LINE / 1024} KiB` };
    try {
      return { value: this.#parse(line) };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : 'is not JSON' };
    }
  }
}

/** Cuts bytes into lines, however they arrive; `undefined` stands for one that is too long. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): (string | undefined)[] {
    const lines: (string | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#line());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line need not have a line feed. */
  end(): (string | undefined)[] {
    return this.#size === 0 ? [] : [this.#line()];
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > LONGEST_LINE) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
    // Byte by byte a line would be as many buffers.
    if (this.#parts.length > MOST_PARTS) this.#parts = [Buffer.concat(this.#parts)];
  }

  #line(): string | undefined {
    const [first] = this.#parts;
    const whole = first && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    const line = this.#size > LONGEST_LINE ? undefined : whole.toString();
    this.#parts = [];
    this.#size = 0;
    return line;
  }
}
