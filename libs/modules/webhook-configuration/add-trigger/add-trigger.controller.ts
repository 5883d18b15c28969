import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Caller, FromBody, Metadata, requireRoot, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { checkDefinition, triggerSchema } from '../trigger/trigger-definition.ts';
import { AddTrigger } from '../trigger/trigger.commands.ts';
import type { TriggerDefinition } from '../trigger/trigger.events.ts';

const bodySchema = triggerSchema.superRefine(checkDefinition);

const example: z.infer<typeof bodySchema> = {
  type: 'device-quarantined',
  label: 'Device quarantined',
  description: 'A device was cut off from the network of its workspace.',
  schema: { type: 'object', properties: { deviceId: { type: 'string' } }, required: ['deviceId'] },
  example: { deviceId: 'device-7' },
};

@ApiTags('Triggers')
@Controller('triggers')
export class AddTriggerController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Route({
    summary: 'Add a trigger to the catalog',
    description: 'For a token of the root workspace only, since the catalog serves every workspace.',
    scope: 'triggers:write',
    success: { status: 201, schema: triggerSchema, example },
    errors: [400, 409, 413],
  })
  async add(
    @Caller() caller: Principal,
    @FromBody(bodySchema, example) body: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<TriggerDefinition> {
    requireRoot(caller, 'The catalog belongs');
    await this.commands.execute(new AddTrigger(body, metadata));
    return body;
  }
}
