import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import type { Webhook } from './webhook-state.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from './webhook-versions.ts';
import { viewOf, type WebhookView } from './webhook-view.ts';

/** Webhooks as they are answered at this moment: what is said about the expiration of a version follows the clock. */
@Injectable()
export class WebhookViews {
  constructor(
    @Inject(SEALING_KEY) private readonly key: SealingKey,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `isInClear`: for who may write it; masked for anyone else. */
  of(webhook: Webhook, updated: number, isInClear: boolean): WebhookView {
    const expiration = this.versions.expirationOf(webhook.version);
    return viewOf(webhook, { updated, expiration, now: this.clock.now() }, isInClear ? this.key : undefined);
  }
}
