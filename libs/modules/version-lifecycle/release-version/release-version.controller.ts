import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import {
  Caller,
  FromBody,
  Metadata,
  ProblemWith,
  requireRoot,
  Route,
  type Principal,
} from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import {
  TRIGGER_CATALOG,
  WEBHOOK_VERSIONS,
  type TriggerCatalog,
  type WebhookVersions,
} from '../../webhook-configuration/contract.ts';
import { calendarExample, calendarView, viewOfCalendar } from '../webhook-version/version-view.ts';
import { ReleaseVersion } from '../webhook-version/webhook-version.commands.ts';
import { nameIsUsed, type Versions } from '../webhook-version/webhook-version.decider.ts';
import type { WebhookVersionEvent } from '../webhook-version/webhook-version.events.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';
import { ReleaseCheck, type Checked } from './release-check.ts';
import { releaseExample, releaseSchema, type Release } from '../webhook-version/release-schema.ts';

const released = z.object({
  name: z.string(),
  releasedAt: z.iso.datetime(),
  supersedes: calendarView
    .extend({ name: z.string() })
    .nullable()
    .describe('The version that was current, and when it ends'),
});
type Released = z.infer<typeof released>;

const example: Released = {
  name: releaseExample.name,
  releasedAt: calendarExample.announceAt,
  supersedes: { name: '2026-01-01', ...calendarExample },
};

@ApiTags('Webhook versions')
@Controller('versions')
export class ReleaseVersionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly check: ReleaseCheck,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    @InjectResident(webhookVersions) private readonly known: ResidentDocuments<WebhookVersionDocument>,
  ) {}

  @Post()
  @Route({
    summary: 'Release a webhook version',
    description:
      'For a token of the root workspace only. Webhooks stay on the version they are on; that which was current expires in six ' +
      'calendar months. Each downgrade is tried on its example. If the version before does not take the result, the answer says what ' +
      'differs, and has the result in `downgraded`, by trigger.',
    scope: 'versions:write',
    success: { status: 201, schema: released, example },
    errors: [400, 409, 413],
  })
  async release(
    @Caller() caller: Principal,
    @FromBody(releaseSchema, releaseExample) body: Release,
    @Metadata() metadata: CommandMetadata,
  ): Promise<Released> {
    requireRoot(caller, 'Webhook versions belong');
    await Promise.all([this.versions.caughtUp(), this.catalog.caughtUp()]);
    // Before the check: repeated, it would be held against itself.
    if (this.known.get(body.name)) throw nameIsUsed(body.name);
    const supersedes = this.versions.current();
    refuseUnsound(await this.check.against(supersedes, body));
    const { name: version, notes, triggers } = body;
    const command = new ReleaseVersion({ version, notes, triggers, supersedes }, metadata);
    const { state } = await this.commands.execute<ReleaseVersion, Executed<Versions, WebhookVersionEvent>>(command);
    const calendar = state.get(supersedes)?.calendar;
    return {
      name: version,
      releasedAt: new Date(metadata.at).toISOString(),
      supersedes: calendar ? { name: supersedes, ...viewOfCalendar(calendar) } : null,
    };
  }
}

function refuseUnsound({ errors, downgraded }: Checked): void {
  if (errors.length === 0) return;
  const message = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new ProblemWith('invalid', message, { errors, ...(Object.keys(downgraded).length > 0 ? { downgraded } : {}) });
}
