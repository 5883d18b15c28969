import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, etag, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type Clock, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { LocationSecrets } from '../workspace/location-secrets.ts';
import { IssueLocation } from '../workspace/workspace.commands.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import {
  previousUntil,
  workspaceSecretExample,
  workspaceSecretView,
  type WorkspaceSecretView,
} from '../workspace/workspace.view.ts';

@ApiTags('Workspaces')
@Controller('workspaces')
export class ViewWorkspaceSecretController {
  constructor(
    private readonly commands: CommandBus,
    private readonly secrets: LocationSecrets,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id/secret')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'View the shared secret of a workspace',
    description:
      'Every alert of a webhook made in the location webhook API is signed with that of its workspace. Only those who may change ' +
      'the workspace see it.',
    scope: 'workspaces:write',
    success: { status: 200, schema: workspaceSecretView, example: workspaceSecretExample },
    errors: [404],
  })
  async view(
    @FromPath('id') workspaceId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceSecretView> {
    if (!caller.reaches(workspaceId)) throw notFound('The workspace');
    if (this.directory.get(workspaceId)?.businessId === null) {
      await this.commands.execute(new IssueLocation({ workspaceId }, metadata));
      await this.directory.caughtUp();
    }
    const document = this.directory.get(workspaceId);
    if (!document?.businessId || !document.secret) throw notFound('The workspace');
    void reply.header('ETag', etag(document.revision));
    return {
      workspaceId,
      businessId: document.businessId,
      secret: this.secrets.open(document.secret, workspaceId),
      previousUntil: previousUntil(document.previousSecret, this.clock.now()),
    };
  }
}
