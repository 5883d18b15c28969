import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import { Caller, FromPath, Metadata, requireRoot, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { PinnedWebhooks } from '../webhook-version/pinned-webhooks.ts';
import { WithdrawVersion } from '../webhook-version/webhook-version.commands.ts';
import type { Versions } from '../webhook-version/webhook-version.decider.ts';
import type { WebhookVersionEvent } from '../webhook-version/webhook-version.events.ts';

const withdrawn = z.object({
  name: z.string(),
  restores: z.string().nullable().describe('The version that is current again; its calendar is void'),
});

@ApiTags('Webhook versions')
@Controller('versions')
export class WithdrawVersionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly pinned: PinnedWebhooks,
  ) {}

  @Post(':name/withdraw')
  @Route({
    summary: 'Withdraw a release that nobody has taken up',
    description:
      'For a token of the root workspace only. Its name stays used. 409 for the first version, for one that is not the current ' +
      'one, for one that webhooks are on, and once the version before it has expired.',
    scope: 'versions:write',
    success: { status: 200, schema: withdrawn, example: { name: '2026-11-01', restores: '2026-01-01' } },
    errors: [404, 409, 503],
  })
  async withdraw(
    @Caller() caller: Principal,
    @FromPath('name') version: string,
    @Metadata() metadata: CommandMetadata,
  ): Promise<z.infer<typeof withdrawn>> {
    requireRoot(caller, 'Webhook versions belong');
    await this.pinned.caughtUp();
    const webhooks = await this.pinned.count(version, 'everything');
    const command = new WithdrawVersion({ version, webhooks }, metadata);
    const { state } = await this.commands.execute<WithdrawVersion, Executed<Versions, WebhookVersionEvent>>(command);
    return { name: version, restores: state.get(version)?.supersedes ?? null };
  }
}
