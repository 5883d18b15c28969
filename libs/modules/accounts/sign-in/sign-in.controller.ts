import { Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FromBody, refuseCrossSite, Route } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import { PasswordCheck } from '../session/password-check.ts';
import { sessionExample, sessionView, type SessionView } from '../session/session-view.ts';
import { metadataOf, Sessions } from '../session/sessions.ts';

const signIn = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1_024) });
const example: z.infer<typeof signIn> = { email: 'ana@acme.example', password: 'correct horse battery' };

@ApiTags('Session')
@Controller('session')
export class SignInController {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Sign in',
    description:
      'The answer sets the cookie `carillon_session`, for a week. Only failures are limited, by network address and e-mail address; ' +
      '429 says in `Retry-After` how many seconds to wait.',
    scope: 'public',
    success: { status: 200, schema: sessionView, example: sessionExample },
    errors: [400, 401, 403, 429],
  })
  async signIn(
    @FromBody(signIn, example) { email, password }: z.infer<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    refuseCrossSite(request);
    const user = await this.passwords.userOf(email, password, request.ip);
    if (!user) throw new Refusal('unauthenticated', 'The e-mail address or the password is wrong.');
    return this.sessions.start(user, request, reply, metadataOf({ of: { kind: 'user', user } }, request));
  }
}
