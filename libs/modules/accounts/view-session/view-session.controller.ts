import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Route } from '../../../platform/http/index.ts';
import { LiveSessions } from '../session/live-sessions.ts';
import { sessionExample, sessionView, viewOfSession, type SessionView } from '../session/session-view.ts';

@ApiTags('Session')
@Controller('session')
export class ViewSessionController {
  constructor(private readonly live: LiveSessions) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'View the session: who is signed in, and what they may do',
    scope: 'session',
    success: { status: 200, schema: sessionView, example: sessionExample },
  })
  async view(@Req() request: FastifyRequest): Promise<SessionView> {
    return viewOfSession(await this.live.ofRequest(request));
  }
}
