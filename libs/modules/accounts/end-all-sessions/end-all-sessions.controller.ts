import { Controller, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LiveSessions } from '../session/live-sessions.ts';
import { Sessions } from '../session/sessions.ts';
import { EndUserSessions } from '../user/user.commands.ts';

@ApiTags('Session')
@Controller('session')
export class EndAllSessionsController {
  constructor(
    private readonly live: LiveSessions,
    private readonly sessions: Sessions,
    private readonly commands: CommandBus,
  ) {}

  @Post('end-all')
  @Route({
    summary: 'Sign out everywhere',
    description: 'Ends all sessions of the user, this one too. A console link has one session: it ends, with the link.',
    scope: 'session',
    success: { status: 204 },
  })
  async endAll(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    const session = await this.live.ofRequest(request);
    if (session.of.kind === 'link') return this.sessions.end(session, reply, metadata);
    await this.commands.execute(new EndUserSessions({ userId: session.of.user.userId }, metadata));
    this.sessions.forget(session, reply);
  }
}
