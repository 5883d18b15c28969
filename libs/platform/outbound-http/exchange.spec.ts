import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { OutboundOptions } from './outbound-client.ts';
import { Clients } from './testing/clients.ts';
import { Receivers } from './testing/receivers.ts';

const receivers = new Receivers();
const clients = new Clients();
const client = (options?: Partial<OutboundOptions>) => clients.make(options);
const post = (url: string, options?: Partial<OutboundOptions>) => clients.post(url, options);

afterEach(async () => {
  await receivers.stopAll();
  await clients.closeAll();
});

describe('an answer', () => {
  const answering = (body: string | Buffer): Promise<{ url: string }> =>
    receivers.http((_request, response) => response.end(body));

  it('is kept up to 8 KiB and otherwise read to its end, so that the connection lives on', async () => {
    const receiver = await receivers.http((_request, response) => response.end('x'.repeat(60_000)));
    const reusing = client();

    for (let i = 0; i < 3; i += 1) {
      const answer = await reusing.post({ url: receiver.url, headers: {}, body: '{}' });
      expect(answer).toMatchObject({ kind: 'answered', answer: 'x'.repeat(8_192), answerTruncated: true });
    }
    expect(receiver.connections()).toBe(1);
  });

  it('without an end is cut at 64 KiB, and its status counts', async () => {
    let sent = 0;
    let closed: Promise<unknown> = Promise.resolve();
    const { url } = await receivers.http((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1_024))) sent += 1_024;
      };
      closed = once(response.on('drain', more), 'close');
      more();
    });

    const answer = await post(url);

    expect(answer).toMatchObject({ kind: 'answered', statusCode: 200, answerTruncated: true });
    expect(answer).toHaveProperty('answer', 'x'.repeat(8_192));
    await closed;
    expect(sent).toBeGreaterThan(65_536);
  });

  it('of exactly the kept length is whole', async () => {
    const { url } = await answering('x'.repeat(8_192));
    expect(await post(url)).toMatchObject({ answer: 'x'.repeat(8_192), answerTruncated: false });
  });

  it('is text, whatever the bytes', async () => {
    const { url } = await answering(Buffer.from([0x61, 0x00, 0xff, 0x62]));
    expect(await post(url)).toMatchObject({ answer: 'a\uFFFD\uFFFDb' });
  });

  it('is not cut inside a character', async () => {
    const { url } = await answering('aé');
    expect(await post(url, { keptAnswerBytes: 2 })).toMatchObject({ answer: 'a', answerTruncated: true });
  });
});
