import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { CLOCK, IDS } from '../../../platform/runtime/index.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { ReleaseVersion } from './webhook-version.commands.ts';
import { webhookVersions, type WebhookVersionDocument } from './webhook-versions.projection.ts';

/** Gives an installation the version that webhooks are on before anything is released. */
@Injectable()
export class FirstVersion {
  constructor(
    private readonly commands: CommandBus,
    @InjectResident(webhookVersions)
    private readonly versions: Pick<ResidentDocuments<WebhookVersionDocument>, 'get' | 'caughtUp'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** To be run at every start, once projections run. Of several processes that start at the same time one releases it. */
  async run(): Promise<void> {
    if (this.versions.get(FIRST_VERSION)) return;
    const data = { version: FIRST_VERSION, notes: 'The shapes of the catalog.', triggers: {}, supersedes: null };
    const metadata = { at: this.clock.now(), actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
    await this.commands.execute(new ReleaseVersion(data, metadata));
    await this.versions.caughtUp();
  }
}
