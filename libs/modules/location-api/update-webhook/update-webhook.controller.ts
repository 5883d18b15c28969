import { Body, Controller, Inject, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Caller, Metadata, openApiSchema, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { EditWebhook, WEBHOOK_VERSIONS, type WebhookVersions } from '../../webhook-configuration/contract.ts';
import { ReachedLocations } from '../webhook-record/reached-locations.ts';
import { objectOf, readBody } from '../webhook-body/read-body.ts';
import { bodyExample, settingsOf, updateSchema } from '../webhook-body/webhook-body.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { inexpressible } from '../envelope/refusals.ts';
import { succeeded, successExample, successSchema, type Success } from '../envelope/success.ts';
import type { LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { LocationWebhooks } from '../webhook-record/location-webhooks.ts';
import { nameOfActor } from '../webhook-record/record-values.ts';
import { isExpressible } from '../webhook-record/record.ts';

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class UpdateLocationWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly locations: ReachedLocations,
    private readonly webhooks: LocationWebhooks,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
  ) {}

  @Put()
  @Route({
    summary: 'Update a webhook of a location',
    description:
      'All required fields have to be there again. A `Description` or `Active` that is left out stays as it is, and so does what ' +
      'records do not show. A record can be sent back as it was read. It is the role WebHook-Edit.',
    scope: 'location-webhooks:edit',
    basic: true,
    success: { status: 200, schema: successSchema, example: successExample('updated') },
    errors: [400, 404, 409, 413, 415],
    failure: documentedFailure,
  })
  @ApiBody({
    schema: openApiSchema(updateSchema({ workspaceId: undefined, isElsewhere: false }), 'input'),
    examples: { example: { value: { Id: 87_654_321, ...bodyExample } } },
  })
  async update(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Metadata() metadata: CommandMetadata,
  ): Promise<Success> {
    const given = objectOf(body);
    const location = await this.locations.workspaceOf(given['BusinessId'], caller);
    const stored = await this.#stored(given['Id'], caller);
    const isElsewhere = location !== undefined && stored !== undefined && stored.workspaceId !== location;
    const input = readBody(updateSchema({ workspaceId: location, isElsewhere }), given);
    if (!stored) throw notFound('The webhook');
    if (!isExpressible(stored)) throw inexpressible(stored);
    await this.versions.caughtUp();
    const command = new EditWebhook(
      {
        ...settingsOf(input),
        webhookId: stored.webhookId,
        live: this.versions.live(metadata.at),
        withdrawn: this.versions.withdrawn(),
      },
      metadata,
    );
    const { events } = await this.commands.execute<EditWebhook, { events: readonly unknown[] }>(command);
    // What was as it is asked for stays as of when it came to be so.
    const isChanged = events.length > 0;
    return succeeded('updated', {
      number: input.Id,
      at: isChanged ? metadata.at : stored.updatedOn,
      by: isChanged ? nameOfActor(metadata.actor) : stored.updatedBy,
    });
  }

  async #stored(id: unknown, caller: Principal): Promise<LocationWebhook | undefined> {
    return typeof id === 'number' && Number.isSafeInteger(id) ? this.webhooks.inReach(caller, id) : undefined;
  }
}
