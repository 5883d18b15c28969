import { Body, Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Caller, Metadata, openApiSchema, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import {
  CreateWebhook,
  IssueWebhookNumber,
  WEBHOOK_VERSIONS,
  type WebhookNumber,
  type WebhookVersions,
} from '../../webhook-configuration/contract.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { succeeded, successExample, successSchema, type Success } from '../envelope/success.ts';
import { nameOfActor } from '../webhook-record/record-values.ts';
import { ReachedLocations } from '../webhook-record/reached-locations.ts';
import { objectOf, readBody } from '../webhook-body/read-body.ts';
import { bodyExample, createSchema, settingsOf } from '../webhook-body/webhook-body.ts';

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class CreateLocationWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly locations: ReachedLocations,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post()
  @Route({
    summary: 'Create a webhook of a location',
    description:
      'It listens to one action. No test alert is sent to it. The same request sent twice makes two webhooks. Everything that is ' +
      'wrong with a request is told at once. It is the role WebHook-Create.',
    scope: 'location-webhooks:create',
    basic: true,
    success: { status: 200, schema: successSchema, example: successExample('created') },
    errors: [400, 409, 413, 415],
    failure: documentedFailure,
  })
  @ApiBody({
    schema: openApiSchema(createSchema({ workspaceId: undefined }), 'input'),
    examples: { example: { value: bodyExample } },
  })
  async create(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Metadata() metadata: CommandMetadata,
  ): Promise<Success> {
    const given = objectOf(body);
    const location = await this.locations.workspaceOf(given['BusinessId'], caller);
    const input = readBody(createSchema({ workspaceId: location }), given);
    const { workspaceId, name, trigger, url, description = '', status = 'enabled' } = settingsOf(input);
    const webhookId = this.ids.objectId();
    const { businessId, number } = await this.commands.execute<IssueWebhookNumber, WebhookNumber>(
      new IssueWebhookNumber({ webhookId, workspaceId }, metadata),
    );
    await this.versions.caughtUp();
    const command = new CreateWebhook(
      {
        webhookId,
        workspaceId,
        businessId,
        number,
        dialect: 'location',
        name,
        description,
        url,
        status,
        triggers: [trigger],
        applyToAllDescendants: false,
        secret: null,
        headers: {},
        version: this.versions.current(),
        live: this.versions.live(metadata.at),
        withdrawn: this.versions.withdrawn(),
      },
      metadata,
    );
    await this.commands.execute(command);
    return succeeded('created', { number, at: metadata.at, by: nameOfActor(metadata.actor) });
  }
}
