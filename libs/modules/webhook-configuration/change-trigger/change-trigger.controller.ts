import { Controller, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Caller, FromBody, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { requireRoot } from '../trigger/only-root.ts';
import { checkDefinition, triggerSchema } from '../trigger/trigger-definition.ts';
import { ChangeTrigger } from '../trigger/trigger.commands.ts';
import type { TriggerDefinition } from '../trigger/trigger.events.ts';

const bodySchema = triggerSchema.partial({ type: true }).superRefine(checkDefinition);

const example: z.infer<typeof bodySchema> = {
  label: 'Device quarantined',
  description: 'A device was cut off from the network of its workspace, or let in again.',
  schema: { type: 'object', properties: { deviceId: { type: 'string' }, until: { type: 'string' } } },
  example: { deviceId: 'device-7', until: '1641009600000' },
};

@ApiTags('Triggers')
@Controller('triggers')
export class ChangeTriggerController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':type')
  @Route({
    summary: 'Change a trigger of the catalog',
    description: 'For a token of the root workspace only. Events that were accepted before stay as they are.',
    scope: 'triggers:write',
    success: { status: 200, schema: triggerSchema, example: { type: 'device-quarantined', ...example } },
    errors: [400, 404, 409, 413],
  })
  async change(
    @Caller() caller: Principal,
    @FromPath('type') type: string,
    @FromBody(bodySchema, example) body: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<TriggerDefinition> {
    requireRoot(caller);
    if (body.type !== undefined && body.type !== type) throw invalid('type', 'is not the type of this trigger');
    const definition = { ...body, type };
    await this.commands.execute(new ChangeTrigger(definition, metadata));
    return definition;
  }
}
