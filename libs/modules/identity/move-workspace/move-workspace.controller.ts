import { Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import { Caller, etag, FromBody, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, invalid, notFound, Refusal, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { MoveWorkspace, workspaceIdSchema } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { viewAfter, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';

const move = z.strictObject({ parentWorkspaceId: workspaceIdSchema });

@ApiTags('Workspaces')
@Controller('workspaces')
export class MoveWorkspaceController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  @Post(':id/move')
  @Route({
    summary: 'Move a workspace under another parent',
    description:
      'With all its descendants. The workspace, its parent and its new parent must be within reach. Of moves made at the same ' +
      'time that would together close a loop, the later one is left out, and the audit trail says so.',
    scope: 'workspaces:write',
    success: { status: 200, schema: workspaceView, example: workspaceExample },
    errors: [400, 404, 409],
  })
  async move(
    @FromPath('id') workspaceId: string,
    @FromBody(move, { parentWorkspaceId: 'channel1' }) { parentWorkspaceId: to }: z.infer<typeof move>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceView> {
    const document = caller.reaches(workspaceId) ? this.directory.get(workspaceId) : undefined;
    if (!document) throw notFound('The workspace');
    const from = document.parentWorkspaceId;
    if (from !== null && !caller.reaches(from)) {
      throw new Refusal(
        'forbidden',
        'The parent of the workspace is out of reach, so it cannot be taken away from there.',
      );
    }
    if (!caller.reaches(to)) throw invalid('parentWorkspaceId', 'is not a workspace within reach');
    if (from !== null && this.directory.isWithin(to, workspaceId)) {
      throw conflict('A workspace cannot be moved under itself or one of its descendants.');
    }
    const { state, revision } = await this.commands.execute<MoveWorkspace, Executed<Workspace, WorkspaceEvent>>(
      new MoveWorkspace({ workspaceId, from, to }, metadata),
    );
    void reply.header('ETag', etag(revision));
    return viewAfter(state);
  }
}
