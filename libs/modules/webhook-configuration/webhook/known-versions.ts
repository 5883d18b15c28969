import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import type { Versions } from './webhook-guards.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from './webhook-versions.ts';

/** The versions as requests need them: what seems not to be there is looked for again, since another process may have released it. */
@Injectable()
export class KnownVersions {
  constructor(
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  /** From memory. Of those that stand only the current one has no expiration. */
  knows(version: string): boolean {
    const { versions } = this;
    return (
      version === versions.current() || versions.expirationOf(version) !== null || versions.withdrawn().has(version)
    );
  }

  async know(version: string): Promise<boolean> {
    if (!this.knows(version)) await this.versions.caughtUp();
    return this.knows(version);
  }

  /** The newest of all releases that are durable at this moment: what is made on it is not made on one that was just superseded. */
  async current(): Promise<string> {
    await this.versions.caughtUp();
    return this.versions.current();
  }

  /** What a command at this instant is told of the versions; it needs these to be live, or to count as one that is. */
  async at(instant: Instant, ...needed: readonly (string | undefined)[]): Promise<Versions> {
    const { live, withdrawn } = this.#at(instant);
    if (needed.every((name) => name === undefined || live.includes(withdrawn.get(name) ?? name)))
      return { live, withdrawn };
    await this.versions.caughtUp();
    return this.#at(instant);
  }

  /** For a command about this webhook, which may need its version, or that of its draft. */
  async for(webhookId: string, instant: Instant): Promise<Versions> {
    const stored = (await this.documents.get(webhookId))?.document;
    return this.at(instant, stored?.version, stored?.draft?.target);
  }

  #at(instant: Instant) {
    return { live: this.versions.live(instant), withdrawn: this.versions.withdrawn() };
  }
}
