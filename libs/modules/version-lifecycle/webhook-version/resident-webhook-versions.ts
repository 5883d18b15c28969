import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import {
  FIRST_VERSION,
  TRIGGER_CATALOG,
  type TriggerCatalog,
  type WebhookVersions,
} from '../../webhook-configuration/contract.ts';
import { currentOf, lineOf, liveAt, releaseOf, standing } from './version-line.ts';
import { webhookVersions, type WebhookVersionDocument } from './webhook-versions.projection.ts';

/** A webhook on a withdrawn version counts as being on the version before it. */
@Injectable()
export class ResidentWebhookVersions implements WebhookVersions {
  constructor(
    @InjectResident(webhookVersions)
    private readonly versions: Pick<ResidentDocuments<WebhookVersionDocument>, 'get' | 'all' | 'caughtUp'>,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
  ) {}

  current(): string {
    return currentOf(this.versions)?.name ?? FIRST_VERSION;
  }

  live(at: Instant): readonly string[] {
    return liveAt(this.versions, at).map(({ name }) => name);
  }

  expirationOf(version: string): ReturnType<WebhookVersions['expirationOf']> {
    const calendar = standing(this.versions, version)?.calendar;
    if (!calendar) return null;
    const { expiresAt, popupAt, disableAt } = calendar;
    return { expiresAt, warnAt: popupAt, disableAt };
  }

  withdrawn(): ReadonlyMap<string, string> {
    const withdrawn = this.versions.all().filter((version) => version.withdrawn);
    return new Map(withdrawn.map(({ name }) => [name, standing(this.versions, name)?.name ?? this.current()]));
  }

  shapeOf(trigger: string, version: string): ReturnType<WebhookVersions['shapeOf']> {
    const inCatalog = this.catalog.get(trigger);
    if (!inCatalog) return undefined;
    const name = standing(this.versions, version)?.name ?? this.current();
    const { schema, example } = releaseOf(lineOf(this.versions, name), trigger) ?? inCatalog;
    return { schema, example };
  }

  isReshaped(trigger: string): boolean {
    return this.versions.all().some(({ triggers }) => Object.hasOwn(triggers, trigger));
  }

  async caughtUp(): Promise<void> {
    await this.versions.caughtUp();
  }
}
