import { addressPolicy } from '../address-policy.ts';
import type { OutboundAnswer } from '../outbound-answer.ts';
import { OutboundClient, type OutboundOptions } from '../outbound-client.ts';

/** Loopback is allowed, and nothing else that is not public. */
export const policy = addressPolicy({ allow: ['127.0.0.0/8'] });

/** Clients with the options of a test, all closed by `closeAll`. */
export class Clients {
  readonly #made: OutboundClient[] = [];

  make(options: Partial<OutboundOptions> = {}): OutboundClient {
    const client = new OutboundClient({ policy, ...options });
    this.#made.push(client);
    return client;
  }

  post(url: string, options: Partial<OutboundOptions> = {}): Promise<OutboundAnswer> {
    return this.make(options).post({ url, headers: {}, body: '{}' });
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#made.splice(0).map((client) => client.close()));
  }
}
