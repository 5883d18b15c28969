import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
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
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { calendarExample, calendarView, viewOfCalendar } from '../webhook-version/version-view.ts';
import { PostponeExpiration } from '../webhook-version/webhook-version.commands.ts';
import type { Versions } from '../webhook-version/webhook-version.decider.ts';
import type { WebhookVersionEvent } from '../webhook-version/webhook-version.events.ts';

const bodySchema = z.strictObject({
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 date and time with a time zone' })
    .describe('Later than the date it has, and at most five years ahead'),
});
const postponed = calendarView.extend({ name: z.string() });

@ApiTags('Webhook versions')
@Controller('versions')
export class PostponeExpirationController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':name/postpone')
  @Route({
    summary: 'Postpone the expiration of a webhook version',
    description:
      'For a token of the root workspace only. The new date is announced, and its milestones come again; repeated with the same ' +
      'date, nothing happens. 409 for the current version, which has no date, and for one that has expired or was withdrawn.',
    scope: 'versions:write',
    success: { status: 200, schema: postponed, example: { name: '2026-01-01', ...calendarExample } },
    errors: [400, 404, 409, 413],
  })
  async postpone(
    @Caller() caller: Principal,
    @FromPath('name') version: string,
    @FromBody(bodySchema, { expiresAt: calendarExample.expiresAt }) { expiresAt }: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<z.infer<typeof postponed>> {
    requireRoot(caller, 'Webhook versions belong');
    const command = new PostponeExpiration({ version, expiresAt: Date.parse(expiresAt) }, metadata);
    const { state } = await this.commands.execute<PostponeExpiration, Executed<Versions, WebhookVersionEvent>>(command);
    const calendar = state.get(version)?.calendar;
    if (!calendar) throw notFound('The version');
    return { name: version, ...viewOfCalendar(calendar) };
  }
}
