import { Controller, Header, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Executed } from '../../../platform/event-store/index.ts';
import { Caller, etag, FromPath, IfMatch, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { LocationSecrets } from '../workspace/location-secrets.ts';
import { IssueLocation, RotateWorkspaceSecret } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { workspaceSecretExample, workspaceSecretView, type WorkspaceSecretView } from '../workspace/workspace.view.ts';

@ApiTags('Workspaces')
@Controller('workspaces')
export class RotateWorkspaceSecretController {
  constructor(
    private readonly commands: CommandBus,
    private readonly secrets: LocationSecrets,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  @Post(':id/rotate-secret')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Replace the shared secret of a workspace',
    description:
      'From the next attempt on it signs the alerts of every webhook of the workspace that was made in the location webhook API, ' +
      'also of those that were attempted before.',
    scope: 'workspaces:write',
    success: { status: 200, schema: workspaceSecretView, example: workspaceSecretExample },
    errors: [400, 404, 409, 412],
  })
  async rotate(
    @FromPath('id') workspaceId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceSecretView> {
    const document = caller.reaches(workspaceId) ? this.directory.get(workspaceId) : undefined;
    if (!document) throw notFound('The workspace');
    const businessId =
      document.businessId ??
      (await this.commands.execute<IssueLocation, number>(new IssueLocation({ workspaceId }, metadata)));
    const { secret, sealed } = this.secrets.make(workspaceId);
    const { revision } = await this.commands.execute<RotateWorkspaceSecret, Executed<Workspace, WorkspaceEvent>>(
      new RotateWorkspaceSecret({ workspaceId, secret: sealed }, { ...metadata, expectedRevision }),
    );
    void reply.header('ETag', etag(revision));
    return { workspaceId, businessId, secret };
  }
}
