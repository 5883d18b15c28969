import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { FromQuery, Route } from '../../../platform/http/index.ts';
import { invalid } from '../../../platform/kernel/index.ts';
import { actionTriggers } from '../trigger/action-triggers/action-triggers.ts';
import { seedTriggers } from '../trigger/seed-triggers.ts';
import {
  TEST_TRIGGER,
  TRIGGER_CATALOG,
  type TriggerCatalog,
  type TriggerDocument,
} from '../trigger/trigger-catalog.ts';
import { catalogEntry } from '../trigger/trigger-definition.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from '../webhook/webhook-versions.ts';

const querySchema = z.strictObject({
  version: z.string().optional().describe('Schemas and examples of this webhook version; the newest one by default'),
});

const catalogSchema = z.object({ items: z.array(catalogEntry) });

const actionExample = actionTriggers.filter(({ type }) => type === 'booking-create');

@ApiTags('Triggers')
@Controller('triggers')
export class ListTriggersController {
  constructor(
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    private readonly known: KnownVersions,
  ) {}

  @Get()
  @Route({
    summary: 'List the triggers webhooks can subscribe to',
    description:
      'In order of type. `test` is not among them: a test alert goes to one webhook, on request. The actions of the location API are; ' +
      'of these `none` can be subscribed to and never fires.',
    scope: 'triggers:read',
    success: {
      status: 200,
      schema: catalogSchema,
      example: { items: [...actionExample, ...seedTriggers.slice(0, 1)] },
    },
    errors: [400],
  })
  async list(
    @FromQuery(querySchema) { version = this.versions.current() }: z.infer<typeof querySchema>,
  ): Promise<{ items: TriggerDocument[] }> {
    if (!(await this.known.know(version))) throw invalid('version', 'is not a known version');
    const listed = this.catalog.all().filter(({ type }) => type !== TEST_TRIGGER);
    return { items: listed.map((trigger) => ({ ...trigger, ...this.versions.shapeOf(trigger.type, version) })) };
  }
}
