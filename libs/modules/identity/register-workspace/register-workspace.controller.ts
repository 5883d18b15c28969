import { Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Claims } from '../../../platform/claims/index.ts';
import { EVENT_STORE, type EventStore, type Executed } from '../../../platform/event-store/index.ts';
import { Caller, etag, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, derivedId, invalid, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { LocationSecrets } from '../workspace/location-secrets.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import {
  businessIdSchema,
  RegisterWorkspace,
  workspaceIdSchema,
  workspaceSettingsSchema,
} from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { viewAfter, workspaceExample, workspaceView, type WorkspaceView } from '../workspace/workspace.view.ts';

const registration = workspaceSettingsSchema.extend({
  id: workspaceIdSchema.optional().describe('Issued if it is left out'),
  businessId: businessIdSchema
    .optional()
    .describe('What the location webhook API knows it by, unique in the installation; issued if it is left out'),
  parentWorkspaceId: z.string().max(128).default('').describe('Empty is the root workspace'),
});

@ApiTags('Workspaces')
@Controller('workspaces')
export class RegisterWorkspaceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly claims: Claims,
    private readonly secrets: LocationSecrets,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
    @Inject(EVENT_STORE) private readonly store: EventStore,
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
    { id, businessId: wanted, parentWorkspaceId, ...settings }: z.infer<typeof registration>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceView> {
    const parent = parentWorkspaceId || this.directory.rootId();
    if (!(await this.#reaches(caller, parent))) throw invalid('parentWorkspaceId', 'is not a workspace within reach');
    const workspaceId = id ?? (wanted === undefined ? this.ids.objectId() : workspaceIdFor(wanted));
    // Nobody named an id that followed from the BusinessId: whose it is, is told only to those who reach it.
    const registered = async () =>
      id === undefined && wanted !== undefined && !(await this.#reaches(caller, workspaceId))
        ? isTaken(wanted)
        : conflict(`The workspace ${workspaceId} is registered already.`);
    // Claims are for good: one must not be made for a registration that is going to be refused.
    if (await readWorkspace(this.store, workspaceId)) throw await registered();
    const businessId = await this.#claim(wanted, workspaceId, metadata);
    const location = { businessId, secret: this.secrets.make(workspaceId).sealed };
    const { events, state, revision } = await this.commands.execute<
      RegisterWorkspace,
      Executed<Workspace, WorkspaceEvent>
    >(new RegisterWorkspace({ workspaceId, parentWorkspaceId: parent, ...settings, location }, metadata));
    if (events.length === 0) throw await registered();
    void reply.header('ETag', etag(revision)).header('Location', `/workspaces/${workspaceId}`);
    return viewAfter(state);
  }

  /** Also of a workspace that was registered a moment ago. */
  async #reaches(caller: Principal, workspaceId: string): Promise<boolean> {
    if (!caller.reaches(workspaceId)) await this.directory.caughtUp();
    return caller.reaches(workspaceId);
  }

  async #claim(wanted: number | undefined, workspaceId: string, metadata: CommandMetadata): Promise<number> {
    if (wanted === undefined) return this.claims.integer('businessId', workspaceId, metadata);
    if (await this.claims.take('businessId', String(wanted), workspaceId, metadata)) return wanted;
    throw isTaken(wanted);
  }
}

const isTaken = (businessId: number) => conflict(`The businessId ${businessId} is taken.`);

/**
 * A process may die when the BusinessId is claimed and the workspace not yet registered. The request is then repeated, and must be about
 * the same workspace: to any other the BusinessId would be taken.
 */
const workspaceIdFor = (businessId: number): string =>
  derivedId('workspace', businessId).replaceAll('-', '').slice(0, 24);
