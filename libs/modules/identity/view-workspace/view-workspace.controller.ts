import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, etag, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import { viewOfDocument, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';

@ApiTags('Workspaces')
@Controller('workspaces')
export class ViewWorkspaceController {
  constructor(@Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory) {}

  @Get(':id')
  @Route({
    summary: 'View a workspace',
    scope: 'workspaces:read',
    success: { status: 200, schema: workspaceView, example: workspaceExample },
    errors: [404],
  })
  view(
    @FromPath('id') id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): WorkspaceView {
    const document = caller.reaches(id) ? this.directory.get(id) : undefined;
    if (!document) throw notFound('The workspace');
    void reply.header('ETag', etag(document.revision));
    return viewOfDocument(document);
  }
}
