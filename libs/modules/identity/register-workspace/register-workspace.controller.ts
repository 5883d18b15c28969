import { Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import { Caller, etag, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, invalid, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { RegisterWorkspace, workspaceIdSchema, workspaceSettingsSchema } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { viewAfter, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';

const registration = workspaceSettingsSchema.extend({
  id: workspaceIdSchema.optional().describe('Issued if it is left out'),
  parentWorkspaceId: z.string().max(128).default('').describe('Empty is the root workspace'),
});

@ApiTags('Workspaces')
@Controller('workspaces')
export class RegisterWorkspaceController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post()
  @Route({
    summary: 'Register a workspace',
    description: 'Under a parent within reach. No alert is sent: alerts come from platform events only.',
    scope: 'workspaces:write',
    success: { status: 201, schema: workspaceView, example: workspaceExample },
    errors: [400, 409],
  })
  async register(
    @FromBody(registration, workspaceExample)
    { id, parentWorkspaceId, ...settings }: z.infer<typeof registration>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceView> {
    const parent = parentWorkspaceId || this.directory.rootId();
    if (!caller.reaches(parent)) {
      await this.directory.caughtUp();
      if (!caller.reaches(parent)) throw invalid('parentWorkspaceId', 'is not a workspace within reach');
    }
    const workspaceId = id ?? this.ids.objectId();
    const { events, state, revision } = await this.commands.execute<
      RegisterWorkspace,
      Executed<Workspace, WorkspaceEvent>
    >(new RegisterWorkspace({ workspaceId, parentWorkspaceId: parent, ...settings }, metadata));
    if (events.length === 0) throw conflict('A workspace with this id is registered already.');
    void reply.header('ETag', etag(revision)).header('Location', `/workspaces/${workspaceId}`);
    return viewAfter(state);
  }
}
