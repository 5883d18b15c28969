import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { releaseExample, triggerRelease } from '../webhook-version/release-schema.ts';
import { PinnedWebhooks } from '../webhook-version/pinned-webhooks.ts';
import {
  calendarExample,
  calendarView,
  itemExample,
  itemOf,
  versionItem,
  viewOfCalendar,
} from '../webhook-version/version-view.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';

const versionView = versionItem.extend({
  notes: z.string(),
  supersedes: z.string().nullable().describe('The version its downgrades lead to; null for the first'),
  calendar: calendarView.nullable().describe('null for the current version'),
  triggers: z
    .record(z.string(), triggerRelease)
    .describe('What the release changed; a trigger that no release names has the shape that is in the catalog'),
  workspaces: z
    .array(z.object({ workspaceId: z.string(), displayName: z.string(), webhooks: z.int() }))
    .describe('Those within reach that have webhooks on it'),
});
type VersionView = z.infer<typeof versionView>;

const example: VersionView = {
  ...itemExample,
  notes: releaseExample.notes,
  supersedes: '2025-06-01',
  calendar: calendarExample,
  triggers: releaseExample.triggers,
  workspaces: [{ workspaceId: 'company1Workspace', displayName: 'company1', webhooks: 12 }],
};

@ApiTags('Webhook versions')
@Controller('versions')
export class ViewVersionController {
  constructor(
    @InjectDocuments(webhookVersions) private readonly documents: Collection<WebhookVersionDocument>,
    @Inject(WORKSPACE_DIRECTORY) private readonly workspaces: WorkspaceDirectory,
    private readonly pinned: PinnedWebhooks,
  ) {}

  @Get(':name')
  @Route({
    summary: 'View a webhook version',
    description: 'Its calendar, what it changed, and which workspaces within reach are on it.',
    scope: 'versions:read',
    success: { status: 200, schema: versionView, example },
    errors: [404],
  })
  async view(
    @FromPath('name') name: string,
    @Caller() caller: Principal,
    @Metadata() { at }: CommandMetadata,
  ): Promise<VersionView> {
    const document = (await this.documents.get(name))?.document;
    if (!document || document.withdrawn) throw notFound('The version');
    const counts = await this.pinned.byWorkspace(name, caller.reach());
    const workspaces = [...counts].map(([workspaceId, webhooks]) => {
      const displayName = this.workspaces.get(workspaceId)?.displayName ?? '';
      return { workspaceId, displayName, webhooks };
    });
    const { notes, supersedes, calendar, triggers } = document;
    return {
      ...itemOf(
        document,
        workspaces.reduce((sum, { webhooks }) => sum + webhooks, 0),
        at,
      ),
      notes,
      supersedes,
      calendar: calendar && viewOfCalendar(calendar),
      triggers,
      workspaces,
    };
  }
}
