import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, pageOf, paging, Route, type Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { viewOfDocument, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';
import { workspaces, type WorkspaceDocument } from '../workspace/workspaces.projection.ts';

const query = z.strictObject({
  ...paging,
  parentWorkspaceId: z.string().min(1).max(128).optional().describe('Only the children of this workspace'),
  type: workspaceView.shape.type.optional(),
  businessId: z.coerce.number().int().min(1).optional().describe('Only the workspace with this businessId'),
});

@ApiTags('Workspaces')
@Controller('workspaces')
export class ListWorkspacesController {
  constructor(@InjectDocuments(workspaces) private readonly documents: Collection<WorkspaceDocument>) {}

  @Get()
  @Route({
    summary: 'List workspaces',
    description: 'Those within reach, by id.',
    scope: 'workspaces:read',
    success: { status: 200, schema: pageOf(workspaceView), example: { items: [workspaceExample], nextCursor: null } },
    errors: [400],
  })
  async list(
    @FromQuery(query) { limit, cursor, parentWorkspaceId, type, businessId }: z.infer<typeof query>,
    @Caller() caller: Principal,
  ): Promise<{ items: WorkspaceView[]; nextCursor: string | null }> {
    const reach = caller.reach();
    const where: Condition[] = [
      ...(reach === 'everything' ? [] : [{ field: 'id', in: reach }]),
      ...(parentWorkspaceId === undefined ? [] : [{ field: 'parentWorkspaceId', eq: parentWorkspaceId }]),
      ...(type === undefined ? [] : [{ field: 'type', eq: type }]),
      ...(businessId === undefined ? [] : [{ field: 'businessId', eq: businessId }]),
    ];
    const page = await this.documents.find({ where, sort: { field: 'id', direction: 'asc' }, limit, cursor });
    return { items: page.items.map(({ document }) => viewOfDocument(document)), nextCursor: page.nextCursor };
  }
}
