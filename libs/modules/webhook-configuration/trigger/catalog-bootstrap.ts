import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Refusal, type Clock, type Ids } from '../../../platform/kernel/index.ts';
import { CLOCK, IDS } from '../../../platform/runtime/index.ts';
import { seedTriggers } from './seed-triggers.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from './trigger-catalog.ts';
import { AddTrigger } from './trigger.commands.ts';
import type { TriggerDefinition } from './trigger.events.ts';

/** Gives a new installation its first triggers. */
@Injectable()
export class CatalogBootstrap {
  constructor(
    private readonly commands: CommandBus,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** To be run at every start, once projections run; triggers that are there stay as they are, however they were changed. */
  async run(): Promise<void> {
    const traceId = this.ids.uuid().replaceAll('-', '');
    for (const definition of seedTriggers) await this.#addIfMissing(definition, traceId);
    await this.catalog.caughtUp();
  }

  async #addIfMissing({ type, label, description, schema, example }: TriggerDefinition, traceId: string) {
    if (this.catalog.get(type)) return;
    const data = { type, label, description, schema: { ...schema }, example: { ...example } };
    try {
      await this.commands.execute(new AddTrigger(data, { at: this.clock.now(), actor: 'system', traceId }));
    } catch (error) {
      // Another process starts at the same time, or the catalog here is behind: it is there all the same.
      if (!(error instanceof Refusal && error.kind === 'conflict')) throw error;
    }
  }
}
