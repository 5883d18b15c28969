import { Controller, Delete, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LiveSessions } from '../session/live-sessions.ts';
import { Sessions } from '../session/sessions.ts';

@ApiTags('Session')
@Controller('session')
export class SignOutController {
  constructor(
    private readonly live: LiveSessions,
    private readonly sessions: Sessions,
  ) {}

  @Delete()
  @Route({
    summary: 'Sign out',
    description: 'Ends this session; that of a console link ends with the link.',
    scope: 'session',
    success: { status: 204 },
  })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.sessions.end(await this.live.ofRequest(request), reply, metadata);
  }
}
