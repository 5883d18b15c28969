import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { RevokeConsoleLink } from '../console-link/console-link.commands.ts';
import { ConsoleLinks } from '../console-link/console-links.ts';

@ApiTags('Console links')
@Controller('console-links')
export class RevokeConsoleLinkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly links: ConsoleLinks,
  ) {}

  @Delete(':id')
  @Route({
    summary: 'Revoke a console link',
    description: 'Final, and at once: it opens no more, and the session that was opened with it ends.',
    scope: 'console-links:write',
    success: { status: 204 },
    errors: [404],
  })
  async revoke(
    @FromPath('id') linkId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.links.requireWithin(caller, linkId);
    await this.commands.execute(new RevokeConsoleLink({ linkId }, metadata));
  }
}
