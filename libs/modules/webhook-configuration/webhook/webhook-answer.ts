import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Executed } from '../../../platform/event-store/index.ts';
import { etag } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { isUpdate, webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import type { Webhook } from './webhook-state.ts';
import type { WebhookView } from './webhook-view.ts';
import { WebhookViews } from './webhook-views.ts';
import type { WebhookEvent } from './webhook.events.ts';

export type ExecutedOnWebhook = Executed<Webhook | undefined, WebhookEvent>;

/** Answers a command with the webhook as its own events left it, whatever the projection has seen of them. */
@Injectable()
export class WebhookAnswer {
  constructor(
    private readonly views: WebhookViews,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  async to(
    { state, events, revision }: ExecutedOnWebhook,
    metadata: CommandMetadata,
    reply: FastifyReply,
  ): Promise<WebhookView> {
    if (state === undefined) throw notFound('The webhook');
    void reply.header('ETag', etag(revision));
    return this.views.of(state, await this.updated(state.id, events, metadata), true);
  }

  /** When the webhook was last changed; only after a command that did not change it somebody has to be asked. */
  async updated(webhookId: string, events: ExecutedOnWebhook['events'], { at }: CommandMetadata): Promise<number> {
    if (events.some(({ type }) => isUpdate(type))) return at;
    return (await this.documents.get(webhookId))?.document.updated ?? at;
  }
}
