import { Controller, Header, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashSecret } from '../../../platform/credentials/index.ts';
import type { Executed } from '../../../platform/event-store/index.ts';
import { FromBody, refuseCrossSite, Route } from '../../../platform/http/index.ts';
import type { Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { PasswordLinks } from '../password-link/password-links.ts';
import { sessionExample, sessionView, type SessionView } from '../session/session-view.ts';
import { metadataOf, Sessions } from '../session/sessions.ts';
import { newPassword } from '../user/password.ts';
import { SetPassword, userNameSchema } from '../user/user.commands.ts';
import type { User } from '../user/user.decider.ts';
import type { UserEvent } from '../user/user.events.ts';

const redeem = z.strictObject({
  token: z.string().min(1).max(200).describe('What is after # in the link'),
  password: z.string().min(1).max(1_024).describe('12 to 256 characters'),
  name: userNameSchema.optional().describe('What they call themselves; as in the invitation if it is left out'),
});
const example: z.infer<typeof redeem> = {
  token: `3f0c7f0a-5e0b-8c1d-9a44-2f6a0c9be111.${'Zt5'.padEnd(43, 'x')}`,
  password: 'correct horse battery',
};

@ApiTags('Password links')
@Controller('password-links')
export class RedeemPasswordLinkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly links: PasswordLinks,
    private readonly sessions: Sessions,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post('redeem')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Choose a password with a link, and sign in',
    description:
      'Once: the link is used up, and all sessions of the user end. The answer sets the cookie of a new one. 404 for a link that ' +
      'was used, was replaced by a newer one, or has expired.',
    scope: 'public',
    success: { status: 200, schema: sessionView, example: sessionExample },
    errors: [400, 403, 404],
  })
  async redeem(
    @FromBody(redeem, example) { token, password, name }: z.infer<typeof redeem>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    refuseCrossSite(request);
    const { user, tokenHash } = await this.links.open(token, request.arrivedAt);
    const passwordHash = await hashSecret(newPassword(password, user.email), this.ids.token(22));
    const metadata = metadataOf({ of: { kind: 'user', user } }, request);
    const { userId } = user;
    const { state } = await this.commands.execute<SetPassword, Executed<User, UserEvent>>(
      new SetPassword({ by: 'link', userId, passwordHash, tokenHash, name }, metadata),
    );
    return this.sessions.start({ ...user, ...state }, request, reply, metadata);
  }
}
