import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Interval } from '@nestjs/schedule';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { Clock, CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { activeKey, planKeys } from './key-plan.ts';
import { MakeSigningKey, publicJwkSchema, RetireSigningKey } from './signing-key.commands.ts';
import type { PublicJwk } from './signing-key.events.ts';
import { signingKeys, type SigningKeyDocument } from './signing-keys.projection.ts';

export const SIGNING_ALGORITHM = 'ES256' as const;
const EVERY_TEN_MINUTES = 600_000;

type KnownKeys = Pick<ResidentDocuments<SigningKeyDocument>, 'get' | 'all' | 'caughtUp'>;

/** The keys that sign and verify tokens, and their succession. */
@Injectable()
export class SigningKeys {
  readonly #imported = new Map<string, Promise<CryptoKey>>();

  constructor(
    @InjectResident(signingKeys) private readonly documents: KnownKeys,
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly commands: CommandBus,
  ) {}

  /**
   * Makes the first key if there is none, and does whatever else is due. The resident documents must be running.
   * @throws {CannotOpen} when the key that signs now was sealed with another sealing key.
   */
  async ensureKey(): Promise<void> {
    await this.succeed();
    await this.signing();
  }

  /** Makes the next key and retires old ones, as far as that is due. */
  async succeed(): Promise<void> {
    await this.documents.caughtUp();
    const now = this.clock.now();
    const { make, retire } = planKeys(this.documents.all(), now);
    const metadata = { at: now, actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
    if (make) await this.#make(make.keyId, make.activeFrom, metadata);
    for (const keyId of retire) await this.commands.execute(new RetireSigningKey({ keyId }, metadata));
    await this.documents.caughtUp();
  }

  @Interval('signing-keys', EVERY_TEN_MINUTES)
  async wake(): Promise<void> {
    await this.succeed().catch((error: unknown) => {
      this.logger.error({ err: error }, 'the succession of signing keys failed, will retry');
    });
  }

  /** The key to sign with at this moment. */
  async signing(): Promise<{ keyId: string; key: CryptoKey }> {
    const active = activeKey(this.documents.all(), this.clock.now());
    if (!active) throw new Error('There is no signing key yet; ensureKey() makes one at start.');
    const { keyId, privateJwk } = active;
    const key = await this.#import(`private:${keyId}`, () => this.sealing.open(privateJwk, contextOf(keyId)));
    return { keyId, key };
  }

  /** The key to verify with; `undefined` for one that is unknown or retired. */
  async verifying(keyId: string): Promise<CryptoKey | undefined> {
    const document = this.documents.get(keyId);
    if (!document || document.retired) return undefined;
    return this.#import(`public:${keyId}`, () => JSON.stringify(document.publicJwk));
  }

  /** Every key a token may be signed with, now or soon. */
  published(): { keyId: string; publicJwk: PublicJwk }[] {
    return this.documents.all().filter((key) => !key.retired);
  }

  async #make(keyId: string, activeFrom: number, metadata: CommandMetadata): Promise<void> {
    const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const publicJwk = publicJwkSchema.parse(await exportJWK(pair.publicKey));
    const privateJwk = this.sealing.seal(JSON.stringify(await exportJWK(pair.privateKey)), contextOf(keyId));
    await this.commands.execute(new MakeSigningKey({ keyId, publicJwk, privateJwk, activeFrom }, metadata));
    this.logger.info({ keyId, activeFrom: new Date(activeFrom).toISOString() }, 'made a signing key');
  }

  #import(name: string, jwk: () => string): Promise<CryptoKey> {
    const known = this.#imported.get(name);
    if (known) return known;
    // Opened before it is remembered: a failure must not stay.
    const imported = importJWK(JSON.parse(jwk()) as JWK, SIGNING_ALGORITHM) as Promise<CryptoKey>;
    this.#imported.set(name, imported);
    return imported;
  }
}

const contextOf = (keyId: string): string => `signing-key:${keyId}`;
