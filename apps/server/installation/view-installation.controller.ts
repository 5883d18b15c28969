import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Backlogs } from '../../../libs/modules/delivery/index.ts';
import { CONFIG, type Config } from '../../../libs/platform/config/index.ts';
import { Caller, requireRoot, Route, type Principal } from '../../../libs/platform/http/index.ts';
import type { Clock } from '../../../libs/platform/kernel/index.ts';
import { ReadModelUnavailable } from '../../../libs/platform/read-model/index.ts';
import { CLOCK } from '../../../libs/platform/runtime/index.ts';
import { Health } from './health.ts';
import { installationExample, installationView, type InstallationView } from './installation-view.ts';
import { PRODUCT, VERSION } from './product.ts';

type Settings = Pick<Config, 'clock' | 'roles' | 'eventStoreUrl' | 'mongoUrl' | 'smtpUrl'>;

@ApiTags('Operating')
@Controller('installation')
export class ViewInstallationController {
  constructor(
    private readonly health: Health,
    private readonly backlogs: Backlogs,
    @Inject(CONFIG) private readonly config: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'What this installation is made of, and how it does',
    description: 'Clock, roles, memory and what is resident are those of the process that answers.',
    scope: 'installation:read',
    success: { status: 200, schema: installationView, example: installationExample },
  })
  async view(@Caller() caller: Principal): Promise<InstallationView> {
    requireRoot(caller, 'The figures belong');
    const { head, eventsOk, documentsOk, reasons, followers } = await this.health.now();
    const { clock, roles, eventStoreUrl, mongoUrl, smtpUrl } = this.config;
    return {
      product: PRODUCT,
      version: VERSION,
      node: process.version,
      startedAt: new Date(performance.timeOrigin).toISOString(),
      now: new Date(this.clock.now()).toISOString(),
      clock,
      roles: [...roles],
      engines: {
        events: { kind: eventStoreUrl === '' ? 'embedded' : 'eventstoredb', ok: eventsOk },
        documents: { kind: mongoUrl === '' ? 'embedded' : 'mongodb', ok: documentsOk },
        mail: { kind: smtpUrl === '' ? 'files' : 'smtp' },
      },
      reasons: [...reasons],
      followers: [...followers],
      head: head ?? null,
      memory: { rssBytes: process.memoryUsage.rss() },
      backlog: documentsOk ? await this.#backlog() : null,
    };
  }

  async #backlog(): Promise<InstallationView['backlog']> {
    const all = await this.backlogs.all().catch((error: unknown) => {
      if (error instanceof ReadModelUnavailable) return undefined;
      throw error;
    });
    if (!all) return null;
    const sum = (enabled: boolean) =>
      all.reduce((owed, backlog) => owed + (backlog.lane.enabled === enabled ? backlog.owed : 0), 0);
    const oldest = all.reduce((at, { oldestDueAt }) => Math.min(at, oldestDueAt ?? Infinity), Infinity);
    return {
      owed: sum(true),
      oldestWaitingAt: oldest === Infinity ? null : new Date(oldest).toISOString(),
      held: sum(false),
    };
  }
}
