import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  visibleTo,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import type { Clock } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { filledPage, type Collection, type Condition } from '../../../platform/read-model/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { notificationExample, notificationView, viewOf } from '../notification/notification-view.ts';
import { notifications, type NotificationDocument } from '../notification/notifications.projection.ts';
import { PinnedWebhooks } from '../webhook-version/pinned-webhooks.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';

const querySchema = z.strictObject({
  workspace: z.string().max(128).optional().describe('As the header `Workspace` asks for'),
  user: z.string().max(320).optional().describe('The address of an admin, in any case'),
  ...paging,
});
type ListQuery = z.infer<typeof querySchema>;

const pageSchema = pageOf(notificationView);

@ApiTags('Webhook versions')
@Controller('notifications')
export class ListNotificationsController {
  constructor(
    @InjectDocuments(notifications) private readonly documents: Collection<NotificationDocument>,
    private readonly webhooks: PinnedWebhooks,
    @InjectResident(webhookVersions) private readonly versions: ResidentDocuments<WebhookVersionDocument>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Route({
    summary: 'List the pending pop-ups of admins, newest first',
    description:
      'Of the workspaces the caller reaches, or of the one the header names. One is pending from a week before its version expires until its admin acknowledges it, the workspace has no webhook on that version any more, its webhooks are disabled, or the date is void.',
    scope: 'notifications:read',
    success: { status: 200, schema: pageSchema, example: { items: [notificationExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { workspace, user, limit, cursor }: ListQuery,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const dates = this.#dates();
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      ...(workspace === undefined ? [] : [{ field: 'workspaceId', eq: workspace }]),
      ...(user === undefined ? [] : [{ field: 'userKey', eq: user.toLowerCase() }]),
      { field: 'acknowledged', eq: false },
      { field: 'version', in: [...dates.keys()] },
    ];
    const known = new Map<string, boolean>();
    const query = { where, sort: { field: 'raisedAt', direction: 'desc' }, limit, cursor } as const;
    // Which are of a date that was postponed, or of webhooks that have moved, no condition of a query can tell.
    const page = await filledPage(
      this.documents,
      query,
      async (each) => dates.get(each.version) === each.expiresAt && (await this.#isAffected(each, known)),
    );
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** Whether its workspace has a webhook on its version. Several admins of one are told of the same. */
  async #isAffected({ version, workspaceId }: NotificationDocument, known: Map<string, boolean>): Promise<boolean> {
    const key = JSON.stringify([version, workspaceId]);
    const affected = known.get(key) ?? (await this.webhooks.count(version, [workspaceId])) > 0;
    known.set(key, affected);
    return affected;
  }

  /** The versions whose webhooks are yet to be disabled, each with its expiration date as it is now. */
  #dates(): ReadonlyMap<string, number> {
    const now = this.clock.now();
    return new Map(
      this.versions
        .all()
        .flatMap(({ name, calendar }) => (calendar && now < calendar.disableAt ? [[name, calendar.expiresAt]] : [])),
    );
  }
}
