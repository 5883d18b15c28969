import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { FailureLimit, matchesHash, networkOf, NO_ONES_HASH } from '../../../platform/credentials/index.ts';
import { RecentlyUsed, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import type { ApiClientDocument } from '../api-client/api-clients.projection.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';
import { ClientUses } from './client-uses.ts';
import { OAuthError } from './oauth-error.ts';

const MINUTE = 60_000;
/** By address and client, never by client alone: knowing a client's id must not be enough to lock it out. */
const PER_ADDRESS_AND_CLIENT = { failures: 10, perMs: MINUTE };
const PER_ADDRESS = { failures: 100, perMs: MINUTE };
const SECRETS_KEPT = 10_000;

/** Checks a client's secret. An unknown client takes as long as a wrong secret, and is told the same. */
@Injectable()
export class ClientAuthentication {
  readonly #ofClient: FailureLimit;
  readonly #ofAddress: FailureLimit;
  /** Digests of secrets that matched a hash, by client: a hash is slow on purpose, once is enough. */
  readonly #matched = new RecentlyUsed<string, { digest: Buffer; hash: string }>(SECRETS_KEPT);
  readonly #checks = new Map<string, Promise<boolean>>();

  constructor(
    private readonly clients: ResidentApiClients,
    private readonly uses: ClientUses,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#ofClient = new FailureLimit(PER_ADDRESS_AND_CLIENT, clock);
    this.#ofAddress = new FailureLimit(PER_ADDRESS, clock);
  }

  /** @throws {OAuthError} `invalid_client`; `temporarily_unavailable` after too many failures from this address. */
  async authenticate(clientId: string, secret: string, address: string): Promise<ApiClientDocument> {
    const client = this.clients.active(clientId);
    const hash = client?.secretHash ?? NO_ONES_HASH;
    const digest = createHash('sha256').update(secret).digest();
    const matches =
      this.#hasMatched(clientId, digest, hash) ||
      (await this.#check(clientId, secret, hash, digest, networkOf(address)));
    if (!client || !matches) throw new OAuthError('invalid_client', 'The client is unknown, or its secret is wrong.');
    this.#matched.set(clientId, { digest, hash });
    this.uses.record(client);
    return client;
  }

  #hasMatched(clientId: string, digest: Buffer, hash: string): boolean {
    const known = this.#matched.get(clientId);
    return known !== undefined && known.hash === hash && timingSafeEqual(known.digest, digest);
  }

  /** The same try made many times at once is one check, and counts once. */
  #check(clientId: string, secret: string, hash: string, digest: Buffer, address: string): Promise<boolean> {
    const id = JSON.stringify([address, clientId, hash, digest.toString('base64')]);
    const running = this.#checks.get(id);
    if (running) return running;
    const check = this.#limited(JSON.stringify([address, clientId]), address, () => matchesHash(secret, hash)).finally(
      () => this.#checks.delete(id),
    );
    this.#checks.set(id, check);
    return check;
  }

  async #limited(addressAndClient: string, address: string, check: () => Promise<boolean>): Promise<boolean> {
    const wait = Math.max(this.#ofClient.wait(addressAndClient), this.#ofAddress.wait(address));
    if (wait > 0) {
      throw new OAuthError(
        'temporarily_unavailable',
        'Too many failures; wait before the next try.',
        Math.ceil(wait / 1_000),
      );
    }
    this.#ofClient.take(addressAndClient);
    this.#ofAddress.take(address);
    const matches = await check();
    if (matches) {
      this.#ofClient.giveBack(addressAndClient);
      this.#ofAddress.giveBack(address);
    }
    return matches;
  }
}
