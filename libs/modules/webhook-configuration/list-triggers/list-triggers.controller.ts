import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Route } from '../../../platform/http/index.ts';
import { seedTriggers } from '../trigger/seed-triggers.ts';
import {
  TEST_TRIGGER,
  TRIGGER_CATALOG,
  type TriggerCatalog,
  type TriggerDocument,
} from '../trigger/trigger-catalog.ts';
import { triggerSchema } from '../trigger/trigger-definition.ts';

const catalogSchema = z.object({ items: z.array(triggerSchema) });

@ApiTags('Triggers')
@Controller('triggers')
export class ListTriggersController {
  constructor(@Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog) {}

  @Get()
  @Route({
    summary: 'List the triggers webhooks can subscribe to',
    description: 'In order of type. `test` is not among them: a test alert goes to one webhook, on request.',
    scope: 'triggers:read',
    success: { status: 200, schema: catalogSchema, example: { items: seedTriggers.slice(0, 1) } },
  })
  list(): { items: TriggerDocument[] } {
    return { items: this.catalog.all().filter(({ type }) => type !== TEST_TRIGGER) };
  }
}
