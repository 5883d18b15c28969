import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { RemoveWebhook } from '../../webhook-configuration/contract.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { numberInPath } from '../envelope/refusals.ts';
import { succeeded, successExample, successSchema, type Success } from '../envelope/success.ts';
import { nameOfActor } from '../webhook-record/record-values.ts';
import { LocationWebhooks } from '../webhook-record/location-webhooks.ts';

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class DeleteLocationWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly webhooks: LocationWebhooks,
  ) {}

  @Delete(':id')
  @Route({
    summary: 'Delete a webhook of a location',
    description:
      'What is still owed to it is cancelled. One that no record can express is deleted, too. It is the role WebHook-Delete.',
    scope: 'location-webhooks:delete',
    basic: true,
    success: { status: 200, schema: successSchema, example: successExample('deleted') },
    errors: [400, 404],
    failure: documentedFailure,
  })
  async delete(
    @FromPath('id', 'integer') id: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<Success> {
    const number = numberInPath(id);
    const { webhookId, workspaceId } = await this.webhooks.require(caller, number);
    await this.commands.execute(new RemoveWebhook({ webhookId, workspaceId }, metadata));
    return succeeded('deleted', { number, at: metadata.at, by: nameOfActor(metadata.actor) });
  }
}
