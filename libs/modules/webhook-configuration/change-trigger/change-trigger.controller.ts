import { isDeepStrictEqual } from 'node:util';
import { Controller, Inject, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import {
  Caller,
  FromBody,
  FromPath,
  Metadata,
  requireRoot,
  Route,
  type Principal,
} from '../../../platform/http/index.ts';
import { conflict, invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../trigger/trigger-catalog.ts';
import { catalogEntry, checkDefinition, triggerSchema } from '../trigger/trigger-definition.ts';
import { ChangeTrigger } from '../trigger/trigger.commands.ts';
import type { TriggerDefinition, TriggerEvent } from '../trigger/trigger.events.ts';
import { WEBHOOK_VERSIONS, type Shape, type WebhookVersions } from '../webhook/webhook-versions.ts';

const told = catalogEntry.shape.action.describe('May be left out; it cannot be changed');
const bodySchema = triggerSchema.partial({ type: true }).extend({ action: told }).superRefine(checkDefinition);

const example: z.infer<typeof bodySchema> = {
  label: 'Device quarantined',
  description: 'A device was cut off from the network of its workspace, or let in again.',
  schema: { type: 'object', properties: { deviceId: { type: 'string' }, until: { type: 'string' } } },
  example: { deviceId: 'device-7', until: '1641009600000' },
};

@ApiTags('Triggers')
@Controller('triggers')
export class ChangeTriggerController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
  ) {}

  @Put(':type')
  @Route({
    summary: 'Change a trigger of the catalog',
    description:
      'For a token of the root workspace only. Events that were accepted before stay as they are. Once a release has changed its ' +
      'schema and example, these are changed by releasing a version only: 409 for any but the newest.',
    scope: 'triggers:write',
    success: { status: 200, schema: catalogEntry, example: { type: 'device-quarantined', ...example } },
    errors: [400, 404, 409, 413],
  })
  async change(
    @Caller() caller: Principal,
    @FromPath('type') type: string,
    @FromBody(bodySchema, example) body: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<TriggerDefinition> {
    requireRoot(caller, 'The catalog belongs');
    if (body.type !== undefined && body.type !== type) throw invalid('type', 'is not the type of this trigger');
    const { action: told, ...rest } = body;
    if (told && !isDeepStrictEqual(told, this.catalog.get(type)?.action))
      throw invalid('action', 'is not the action of this trigger');
    const definition = { ...rest, type };
    const { schema, example } = await this.#ownShape(definition);
    const command = new ChangeTrigger({ ...definition, schema: { ...schema }, example: { ...example } }, metadata);
    const { state } = await this.commands.execute<ChangeTrigger, Executed<TriggerDefinition, TriggerEvent>>(command);
    return { ...state, ...definition };
  }

  /** What the catalog keeps: of a trigger that was reshaped the shape it had before, which older versions still have. */
  async #ownShape(given: TriggerDefinition): Promise<Shape> {
    await this.versions.caughtUp();
    const { type, schema, example } = given;
    const stored = this.catalog.get(type);
    if (!stored || !this.versions.isReshaped(type)) return given;
    const newest = this.versions.shapeOf(type, this.versions.current());
    if (isDeepStrictEqual({ schema, example }, newest)) return stored;
    throw conflict(
      `The schema and the example of ${type} are those of a release; to change them, release another version (POST /versions).`,
    );
  }
}
