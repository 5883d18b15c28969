import { Inject, Injectable } from '@nestjs/common';
import { RecentlyUsed, type Sealed } from '../../../platform/kernel/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { WORKSPACE_DIRECTORY, workspaceSecretContext, type WorkspaceDirectory } from '../../identity/contract.ts';
import { headerContext, secretContext, type TestTarget } from '../../webhook-configuration/contract.ts';
import { signingKeysOf, type SigningKeys } from '../render-alert/sign-alert.ts';

const MOST_LOCATIONS = 10_000;

/** `keys` is null where the secret of the location signs. */
type Opened = { readonly keys: SigningKeys | null; readonly headers: Readonly<Record<string, string>> };

/** What an alert is signed with, and the headers it carries. Opened once for many attempts. */
@Injectable()
export class OpenedSecrets {
  /** A lane that changes is another object, and each draft's test has its own. */
  readonly #ofTargets = new WeakMap<TestTarget, Opened>();
  /** By workspace, with what was opened: when a secret is rotated, no lane changes. */
  readonly #ofLocations = new RecentlyUsed<string, { readonly secret: Sealed; readonly keys: SigningKeys }>(
    MOST_LOCATIONS,
  );

  constructor(
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  of(webhookId: string, target: TestTarget): Opened {
    let opened = this.#ofTargets.get(target);
    if (!opened) this.#ofTargets.set(target, (opened = this.#open(webhookId, target)));
    return opened;
  }

  /**
   * As its secret is now.
   * @throws {Error} for one that is not open yet.
   */
  async keysOfLocation(workspaceId: string): Promise<SigningKeys> {
    let secret = this.directory.get(workspaceId)?.secret;
    if (!secret) {
      await this.directory.caughtUp();
      secret = this.directory.get(workspaceId)?.secret;
    }
    if (!secret) throw new Error(`The location ${workspaceId} has no secret yet.`);
    const known = this.#ofLocations.get(workspaceId);
    if (known?.secret === secret) return known.keys;
    const keys = signingKeysOf(this.sealing.open(secret, workspaceSecretContext(workspaceId)));
    this.#ofLocations.set(workspaceId, { secret, keys });
    return keys;
  }

  #open(webhookId: string, { secret, headers }: TestTarget): Opened {
    const opened = Object.entries(headers).map(([name, sealed]) => [
      name,
      this.sealing.open(sealed, headerContext(webhookId, name)),
    ]);
    return {
      keys: secret === null ? null : signingKeysOf(this.sealing.open(secret, secretContext(webhookId))),
      headers: Object.fromEntries(opened) as Record<string, string>,
    };
  }
}
