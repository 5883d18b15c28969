import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../../../platform/kernel/index.ts';
import { DRAFT_FIELDS, type DraftView } from './draft-view.ts';
import { published } from './webhook-drafts.ts';
import { isSame } from './webhook-settings.ts';
import type { Webhook } from './webhook-state.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from './webhook-versions.ts';
import { WebhookViews } from './webhook-views.ts';

/** A draft beside the webhook it is of. */
@Injectable()
export class DraftViews {
  constructor(
    private readonly views: WebhookViews,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
  ) {}

  /**
   * `isInClear`: for who may write it; masked for anyone else.
   * @throws {Refusal} `not-found` without a draft.
   */
  of(webhook: Webhook, updated: number, isInClear: boolean): DraftView {
    const { draft } = webhook;
    if (draft === null) throw notFound('The draft');
    const after = published(webhook, draft);
    const both = (inClear: boolean) => ({
      live: this.views.of(webhook, updated, inClear),
      draft: this.views.of(after, updated, inClear),
    });
    // The same secret may have been sealed twice, and is no difference then: only the text tells.
    const clear = both(true);
    const shown = isInClear ? clear : both(false);
    return {
      version: draft.target,
      of: draft.of,
      by: draft.by,
      changes: Object.fromEntries(
        DRAFT_FIELDS.filter((field) => field in draft.changes).map((field) => [field, shown.draft[field]]),
      ),
      webhook: shown.draft,
      differences: [...DRAFT_FIELDS, 'version' as const]
        .filter((field) => !isSame(clear.live[field], clear.draft[field]))
        .map((field) => ({ field, live: shown.live[field], draft: shown.draft[field] })),
      examples: this.#examples(webhook, after),
    };
  }

  #examples(webhook: Webhook, after: Webhook): DraftView['examples'] {
    return after.triggers
      .map((trigger) => ({
        trigger,
        live: webhook.triggers.includes(trigger) ? this.#example(trigger, webhook.version) : null,
        draft: this.#example(trigger, after.version),
      }))
      .filter(({ live, draft }) => !isSame(live, draft));
  }

  #example(trigger: string, version: string): Record<string, unknown> | null {
    const shape = this.versions.shapeOf(trigger, version);
    return shape ? { ...shape.example } : null;
  }
}
