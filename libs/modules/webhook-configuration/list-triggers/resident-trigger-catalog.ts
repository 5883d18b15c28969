import { Injectable } from '@nestjs/common';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { TriggerCatalog, TriggerDocument } from '../trigger/trigger-catalog.ts';
import { triggers } from './triggers.projection.ts';

/** The catalog in memory: every body of a webhook and every published event is looked up in it. */
@Injectable()
export class ResidentTriggerCatalog implements TriggerCatalog {
  constructor(@InjectResident(triggers) private readonly resident: ResidentDocuments<TriggerDocument>) {}

  get(type: string): TriggerDocument | undefined {
    return this.resident.get(type);
  }

  all(): TriggerDocument[] {
    return this.resident.all().sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  caughtUp(): Promise<void> {
    return this.resident.caughtUp();
  }
}
