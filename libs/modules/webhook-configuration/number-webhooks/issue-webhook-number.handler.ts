import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Claims } from '../../../platform/claims/index.ts';
import { IssueLocation, WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { IssueWebhookNumber, NumberWebhook, type WebhookNumber } from '../webhook/webhook.commands.ts';

@CommandHandler(IssueWebhookNumber)
export class IssueWebhookNumberHandler implements ICommandHandler<IssueWebhookNumber> {
  constructor(
    private readonly commands: CommandBus,
    private readonly claims: Claims,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  async execute({ data: { webhookId, workspaceId }, metadata }: IssueWebhookNumber): Promise<WebhookNumber> {
    const businessId =
      this.directory.get(workspaceId)?.businessId ??
      (await this.commands.execute<IssueLocation, number>(new IssueLocation({ workspaceId }, metadata)));
    const number = await this.claims.integer('webhook', webhookId, metadata);
    await this.commands.execute(new NumberWebhook({ webhookId, businessId, number }, metadata));
    return { businessId, number };
  }
}
