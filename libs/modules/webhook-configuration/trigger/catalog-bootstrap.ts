import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Refusal, type Clock, type Ids } from '../../../platform/kernel/index.ts';
import { CLOCK, IDS } from '../../../platform/runtime/index.ts';
import { actionTriggers } from './action-triggers/action-triggers.ts';
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
    const missing = [...seedTriggers, ...actionTriggers].filter(({ type }) => !this.catalog.get(type));
    // At the same time, so that they share commits.
    await Promise.all(missing.map((definition) => this.#add(definition, traceId)));
    await this.catalog.caughtUp();
  }

  async #add({ schema, example, ...rest }: TriggerDefinition, traceId: string): Promise<void> {
    const data = { ...rest, schema: { ...schema }, example: { ...example } };
    try {
      await this.commands.execute(new AddTrigger(data, { at: this.clock.now(), actor: 'system', traceId }));
    } catch (error) {
      // Another process starts at the same time, or the catalog here is behind: it is there all the same.
      if (!(error instanceof Refusal && error.kind === 'conflict')) throw error;
    }
  }
}
