import { Controller, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import {
  Caller,
  etag,
  FromBody,
  FromPath,
  IfMatch,
  Metadata,
  Route,
  type Principal,
} from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { ChangeWorkspaceSettings, workspaceSettingsSchema } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { viewAfter, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';

const { id: _id, businessId: _businessId, parentWorkspaceId: _parent, ...settingsExample } = workspaceExample;

@ApiTags('Workspaces')
@Controller('workspaces')
export class ChangeWorkspaceController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':id')
  @Route({
    summary: 'Change the settings of a workspace',
    description: 'Replaces all of them; what is left out takes its default. Its place in the tree stays: see move.',
    scope: 'workspaces:write',
    success: { status: 200, schema: workspaceView, example: workspaceExample },
    errors: [400, 404, 409, 412],
  })
  async change(
    @FromPath('id') workspaceId: string,
    @FromBody(workspaceSettingsSchema, settingsExample) settings: z.infer<typeof workspaceSettingsSchema>,
    @IfMatch() expectedRevision: number | undefined,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceView> {
    if (!caller.reaches(workspaceId)) throw notFound('The workspace');
    const { state, revision } = await this.commands.execute<
      ChangeWorkspaceSettings,
      Executed<Workspace, WorkspaceEvent>
    >(new ChangeWorkspaceSettings({ workspaceId, ...settings }, { ...metadata, expectedRevision }));
    void reply.header('ETag', etag(revision));
    return viewAfter(state);
  }
}
