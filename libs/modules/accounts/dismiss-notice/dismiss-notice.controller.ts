import { Controller, Put, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FromPath, Metadata, Route, validate } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LiveSessions } from '../session/live-sessions.ts';
import { requireUser } from '../session/require-user.ts';
import { dismissalKeySchema, DismissNotice } from '../user/user.commands.ts';

const path = z.object({ key: dismissalKeySchema });

@ApiTags('Session')
@Controller('session')
export class DismissNoticeController {
  constructor(
    private readonly commands: CommandBus,
    private readonly live: LiveSessions,
  ) {}

  @Put('dismissals/:key')
  @Route({
    summary: 'Do not show a pop-up again',
    description:
      'The key is any name for what was read; repeating it changes nothing. The session tells them all as `dismissals`.',
    scope: 'session',
    success: { status: 204 },
    errors: [400, 404],
  })
  async dismiss(
    @FromPath('key') key: string,
    @Req() request: FastifyRequest,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    const { userId } = requireUser(await this.live.ofRequest(request));
    await this.commands.execute(new DismissNotice({ userId, ...validate(path, { key }) }, metadata));
  }
}
