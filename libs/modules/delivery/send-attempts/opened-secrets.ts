import { Inject, Injectable } from '@nestjs/common';
import { RecentlyUsed, type Instant, type Sealed } from '../../../platform/kernel/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { WORKSPACE_DIRECTORY, workspaceSecretContext, type WorkspaceDirectory } from '../../identity/contract.ts';
import {
  headerContext,
  secretContext,
  type PreviousSecret,
  type TestTarget,
} from '../../webhook-configuration/contract.ts';
import { signingKeysOf, type OpenedKeys } from '../render-alert/sign-alert.ts';

const MOST_LOCATIONS = 10_000;

/** `signing` is null where the secret of the location signs. */
type Opened = { readonly signing: OpenedKeys | null; readonly headers: Readonly<Record<string, string>> };

/** What an alert is signed with, and the headers it carries. Opened once for many attempts. */
@Injectable()
export class OpenedSecrets {
  /** A lane that changes is another object, and each draft's test has its own. */
  readonly #ofTargets = new WeakMap<TestTarget, Opened>();
  /** By workspace, with what was opened: when a secret is rotated, no lane changes. */
  readonly #ofLocations = new RecentlyUsed<string, { readonly secret: Sealed; readonly signing: OpenedKeys }>(
    MOST_LOCATIONS,
  );

  constructor(
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  of(webhookId: string, target: TestTarget, now: Instant): Opened {
    let opened = this.#ofTargets.get(target);
    if (!opened) this.#ofTargets.set(target, (opened = this.#open(webhookId, target, now)));
    return opened;
  }

  /**
   * As its secret is now.
   * @throws {Error} for one that is not open yet.
   */
  async ofLocation(workspaceId: string, now: Instant): Promise<OpenedKeys> {
    let location = this.directory.get(workspaceId);
    if (!location?.secret) {
      await this.directory.caughtUp();
      location = this.directory.get(workspaceId);
    }
    if (!location?.secret) throw new Error(`The location ${workspaceId} has no secret yet.`);
    const { secret, previousSecret } = location;
    const known = this.#ofLocations.get(workspaceId);
    if (known?.secret === secret) return known.signing;
    const signing = this.#keys(secret, previousSecret, workspaceSecretContext(workspaceId), now);
    this.#ofLocations.set(workspaceId, { secret, signing });
    return signing;
  }

  #open(webhookId: string, { secret, previousSecret = null, headers }: TestTarget, now: Instant): Opened {
    const opened = Object.entries(headers).map(([name, sealed]) => [
      name,
      this.sealing.open(sealed, headerContext(webhookId, name)),
    ]);
    return {
      signing: secret === null ? null : this.#keys(secret, previousSecret, secretContext(webhookId), now),
      headers: Object.fromEntries(opened) as Record<string, string>,
    };
  }

  /** A previous secret that is over by `now` is not opened: it signs nothing any more. */
  #keys(secret: Sealed, previous: PreviousSecret | null, context: string, now: Instant): OpenedKeys {
    const open = (sealed: Sealed) => signingKeysOf(this.sealing.open(sealed, context));
    const isOver = previous === null || previous.until <= now;
    return { keys: open(secret), previous: isOver ? null : { keys: open(previous.secret), until: previous.until } };
  }
}
