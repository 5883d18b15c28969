import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Executed } from '../../../platform/event-store/index.ts';
import { etag } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { viewOf, type WebhookView } from './webhook-view.ts';
import type { Webhook } from './webhook-state.ts';
import type { WebhookEvent } from './webhook.events.ts';

export type ExecutedOnWebhook = Executed<Webhook | undefined, WebhookEvent>;

/** Answers a command with the webhook as its own events left it, whatever the projection has seen of them. */
@Injectable()
export class WebhookAnswer {
  constructor(
    @Inject(SEALING_KEY) private readonly key: SealingKey,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  async to(
    { state, events, revision }: ExecutedOnWebhook,
    metadata: CommandMetadata,
    reply: FastifyReply,
  ): Promise<WebhookView> {
    if (state === undefined) throw notFound('The webhook');
    // Only a command that appended nothing has to ask when the webhook was last changed.
    const stored = events.length > 0 ? undefined : await this.documents.get(state.id);
    void reply.header('ETag', etag(revision));
    return viewOf(state, stored?.document.updated ?? metadata.at, this.key);
  }
}
