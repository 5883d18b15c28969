import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from './webhook-versions.ts';

/** The versions as requests need them: what seems not to be there is looked for again, since another process may have released it. */
@Injectable()
export class KnownVersions {
  constructor(
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  /** From memory. Only the current version, and none that is unknown, has no expiration. */
  knows(version: string): boolean {
    return version === this.versions.current() || this.versions.expirationOf(version) !== null;
  }

  async know(version: string): Promise<boolean> {
    if (!this.knows(version)) await this.versions.caughtUp();
    return this.knows(version);
  }

  /** Those that are live at this instant, newest first, for a command that needs these to be among them. */
  async live(at: Instant, ...needed: readonly (string | undefined)[]): Promise<readonly string[]> {
    const live = this.versions.live(at);
    if (needed.every((version) => version === undefined || live.includes(version))) return live;
    await this.versions.caughtUp();
    return this.versions.live(at);
  }

  /** For a command about this webhook, which may need its version, that of its draft, or the one that is named. */
  async liveFor(webhookId: string, at: Instant, named?: string): Promise<readonly string[]> {
    const stored = (await this.documents.get(webhookId))?.document;
    return this.live(at, named, stored?.version, stored?.draft?.target);
  }
}
