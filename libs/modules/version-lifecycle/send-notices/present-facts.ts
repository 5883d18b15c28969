import type { EventStore } from '../../../platform/event-store/index.ts';
import type { Projections, ResidentDocuments } from '../../../platform/processing/index.ts';
import { MOST_WORKSPACES } from '../notice/notice.commands.ts';
import type { Notice } from '../notice/notice.decider.ts';
import { notices, type NoticeDocument } from '../notice/notices.projection.ts';
import { pinnedWebhooks } from '../webhook-version/pinned-webhooks.projection.ts';
import { countedAs } from '../webhook-version/version-line.ts';
import type { WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';

/** For what is known to be as new as what is stored. */
const LONGEST_WAIT_MS = 2_000;

type Following = { readonly reached: (position: number, withinMs: number) => Promise<boolean> };

/**
 * What has become meanwhile of what a notice is to say. Every answer is made of all that was durable when it was asked for.
 * @throws what keeps it from being known.
 */
export class PresentFacts {
  constructor(
    private readonly store: EventStore,
    private readonly versions: ResidentDocuments<WebhookVersionDocument>,
    private readonly projections: Projections,
  ) {}

  async version(name: string): Promise<WebhookVersionDocument | undefined> {
    await this.#reached(this.versions.follower);
    return this.versions.get(name);
  }

  /** Those of its webhooks that are still on the version, listed and counted. */
  async affected(notice: Notice): Promise<Pick<Notice, 'webhooks' | 'webhookCount'>> {
    const runner = await this.projections.runner(pinnedWebhooks);
    await Promise.all([this.#reached(this.versions.follower), this.#reached(runner)]);
    const names = countedAs(this.versions, notice.version);
    const found = await runner.documents.getMany(notice.webhooks.map(({ webhookId }) => webhookId));
    const staying = found.filter(({ document }) => !document.removed && names.includes(document.version));
    const ids = new Set(staying.map(({ id }) => id));
    const webhooks = notice.webhooks.filter(({ webhookId }) => ids.has(webhookId));
    const moved = notice.webhooks.length - webhooks.length;
    if (notice.webhookCount === notice.webhooks.length) return { webhooks, webhookCount: webhooks.length };
    // Of workspaces that are not named nobody can tell: what of theirs has moved is counted all the same.
    if (notice.workspaceIds.length >= MOST_WORKSPACES) return { webhooks, webhookCount: notice.webhookCount - moved };
    const webhookCount = await runner.documents.count([
      { field: 'version', in: names },
      { field: 'removed', eq: false },
      { field: 'workspaceId', in: notice.workspaceIds },
    ]);
    return { webhooks, webhookCount };
  }

  /** The last mail about the version that was sent to this address. */
  async lastSent({ version, address }: Notice): Promise<NoticeDocument | undefined> {
    const runner = await this.projections.runner(notices);
    await this.#reached(runner);
    const { items } = await runner.documents.find({
      where: [
        { field: 'addressKey', eq: address.toLowerCase() },
        { field: 'version', eq: version },
        { field: 'status', eq: 'sent' },
      ],
      sort: { field: 'owedAt', direction: 'desc' },
      limit: 1,
    });
    return items[0]?.document;
  }

  async #reached(following: Following | undefined): Promise<void> {
    const isCurrent = await following?.reached(await this.store.head(), LONGEST_WAIT_MS);
    if (isCurrent !== true) throw new Error('What has become of webhooks and their versions is not known yet.');
  }
}
