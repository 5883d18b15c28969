import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Claims } from '../../../platform/claims/index.ts';
import { EVENT_STORE, type EventStore, type Executed } from '../../../platform/event-store/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { LocationSecrets } from '../workspace/location-secrets.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import { IssueLocation, OpenLocation } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';

/**
 * Answers the BusinessId the workspace ends up with. Several at once claim the same one, as it follows from the workspace, and the
 * secret is that of the first to append.
 * @throws {Refusal} `not-found` for a workspace that is not registered.
 */
@CommandHandler(IssueLocation)
export class IssueLocationHandler implements ICommandHandler<IssueLocation> {
  constructor(
    private readonly commands: CommandBus,
    private readonly claims: Claims,
    private readonly secrets: LocationSecrets,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ data: { workspaceId }, metadata }: IssueLocation): Promise<number> {
    const workspace = await readWorkspace(this.store, workspaceId);
    if (!workspace) throw notFound('The workspace');
    if (workspace.businessId !== null) return workspace.businessId;
    const businessId = await this.claims.integer('businessId', workspaceId, metadata);
    const { sealed } = this.secrets.make(workspaceId);
    const { state } = await this.commands.execute<OpenLocation, Executed<Workspace, WorkspaceEvent>>(
      new OpenLocation({ workspaceId, businessId, secret: sealed }, metadata),
    );
    return state?.businessId ?? businessId;
  }
}
