import { get, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

export type Heard = { readonly event: string; readonly id: string | undefined; readonly data: unknown };

/** What is heard of a stream of server-sent events, one at a time; comments are `beat`. */
export class Hearing {
  readonly #texts: AsyncIterator<string>;
  #text = '';

  constructor(readonly stream: Readable) {
    this.#texts = stream.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
  }

  /** Undefined once the stream has come to its end; rejects when it broke off. */
  async next(): Promise<Heard | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await this.#texts.next();
        if (done) return undefined;
        this.#text += value;
        continue;
      }
      const block = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      if (!block.startsWith('retry:')) return heardIn(block);
    }
  }

  /** The data of the next event, which must be of this name. */
  async data(event: string): Promise<unknown> {
    const heard = await this.next();
    if (heard?.event !== event) throw new Error(`Heard ${JSON.stringify(heard)}, not ${event}.`);
    return heard.data;
  }

  /** Passes over events until one of this name has data that fits. */
  async until(fits: (data: never) => boolean, event = 'changes'): Promise<Heard> {
    for (let heard = await this.next(); heard; heard = await this.next()) {
      if (heard.event === event && fits(heard.data as never)) return heard;
    }
    throw new Error(`The stream ended before such a '${event}'.`);
  }

  leave(): void {
    this.stream.destroy();
  }
}

function heardIn(block: string): Heard {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  if (fields.has('')) return { event: 'beat', id: undefined, data: undefined };
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(fields.get('data') ?? '') };
}

/** `GET` of a stream: its answer's head, and what is heard of it. */
export async function hear(
  url: string,
  headers: Record<string, string>,
): Promise<{ readonly answer: IncomingMessage; readonly hearing: Hearing }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject);
  });
  return { answer, hearing: new Hearing(answer) };
}
