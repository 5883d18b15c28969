import { Controller, Header, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FromBody, refuseCrossSite, Route } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { readLinkToken } from '../console-link/link-token.ts';
import { sessionExample, sessionView, type SessionView } from '../session/session-view.ts';
import { Sessions } from '../session/sessions.ts';

const open = z.strictObject({ token: z.string().min(1).max(256).describe("What follows the # in the link's URL") });
const example: z.infer<typeof open> = { token: `q3v0bY8mJ2x7cW5nK9dR4t.${'Zt5'.padEnd(43, 'x')}` };
const answer: SessionView = {
  ...sessionExample,
  user: null,
  link: { id: 'q3v0bY8mJ2x7cW5nK9dR4t', label: 'Acme portal, Ana Brandt' },
  dismissals: [],
};

@ApiTags('Session')
@Controller('session')
export class OpenConsoleLinkController {
  constructor(private readonly sessions: Sessions) {}

  @Post('link')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Open a console link',
    description:
      'Once, before it expires. The answer sets the cookie `carillon_session`; 409 says why the link opens no more.',
    scope: 'public',
    success: { status: 200, schema: sessionView, example: answer },
    errors: [400, 403, 404, 409],
  })
  async open(
    @FromBody(open, example) { token }: z.infer<typeof open>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    refuseCrossSite(request);
    const link = readLinkToken(token);
    if (!link) throw notFound('The link');
    const { arrivedAt: at, traceId } = request;
    return this.sessions.openLink(link.linkId, link.secret, reply, { at, actor: `link:${link.linkId}`, traceId });
  }
}
