import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
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
import { InjectDocuments } from '../../../platform/processing/index.ts';
import { filledPage, type Collection, type Condition } from '../../../platform/read-model/index.ts';
import { noticeMilestones } from '../notice/notice.decider.ts';
import { noticeExample, noticeView, viewOf } from '../notice/notice-view.ts';
import { notices, type NoticeDocument } from '../notice/notices.projection.ts';

const querySchema = z.strictObject({
  workspace: z
    .string()
    .max(128)
    .optional()
    .describe(
      'Those about webhooks of this workspace; of a mail about more than 2,000 workspaces only the first are known',
    ),
  version: z.string().max(128).optional().describe('Those about this webhook version'),
  milestone: z.enum(noticeMilestones).optional(),
  ...paging,
});
type ListQuery = z.infer<typeof querySchema>;

const pageSchema = pageOf(noticeView);

@ApiTags('Webhook versions')
@Controller('notices')
export class ListNoticesController {
  constructor(
    @InjectDocuments(notices) private readonly documents: Collection<NoticeDocument>,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mailFrom'>,
  ) {}

  @Get()
  @Route({
    summary: 'List the mails about expiring versions, newest first',
    description:
      'Of the workspaces the caller reaches, or of the one the header names: a mail belongs to the nearest workspace that contained everything it says. Webhooks of workspaces that have moved out of reach are left out.',
    scope: 'notices:read',
    success: { status: 200, schema: pageSchema, example: { items: [noticeExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { workspace, version, milestone, limit, cursor }: ListQuery,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      ...(version === undefined ? [] : [{ field: 'version', eq: version }]),
      ...(milestone === undefined ? [] : [{ field: 'milestone', eq: milestone }]),
    ];
    if (workspace !== undefined && !caller.reaches(workspace)) return { items: [], nextCursor: null };
    const query = { where, sort: { field: 'owedAt', direction: 'desc' }, limit, cursor } as const;
    const concerns =
      workspace === undefined ? undefined : ({ workspaceIds }: NoticeDocument) => workspaceIds.includes(workspace);
    const page = await filledPage(this.documents, query, concerns);
    const viewing = { mailFrom: this.config.mailFrom, showsPlace: caller.reach() === 'everything' };
    const items = page.items.map((document) => viewOf(withinReach(document, caller), viewing));
    return { items, nextCursor: page.nextCursor };
  }
}

/** A workspace that has moved out of reach since then is nobody's business here any more. */
const withinReach = (notice: NoticeDocument, { reaches }: Principal): NoticeDocument => ({
  ...notice,
  webhooks: notice.webhooks.filter(({ workspaceId }) => reaches(workspaceId)),
});
