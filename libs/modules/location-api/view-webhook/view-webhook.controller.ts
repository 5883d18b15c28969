import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { inexpressible, numberInPath } from '../envelope/refusals.ts';
import { LocationWebhooks } from '../webhook-record/location-webhooks.ts';
import { isExpressible, recordExample, recordOf, recordSchema, type LocationRecord } from '../webhook-record/record.ts';

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class ViewLocationWebhookController {
  constructor(private readonly webhooks: LocationWebhooks) {}

  @Get(':id')
  @Route({
    summary: 'View a webhook of a location',
    description:
      '409 for one that no record can express: it listens to several triggers, or to one that is no action. It is the role WebHook-Read.',
    scope: 'location-webhooks:read',
    basic: true,
    success: { status: 200, schema: recordSchema, example: recordExample },
    errors: [400, 404, 409],
    failure: documentedFailure,
  })
  async view(@FromPath('id', 'integer') id: string, @Caller() caller: Principal): Promise<LocationRecord> {
    const webhook = await this.webhooks.require(caller, numberInPath(id));
    if (!isExpressible(webhook)) throw inexpressible(webhook);
    return recordOf(webhook);
  }
}
