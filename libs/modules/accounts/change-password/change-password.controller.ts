import { Controller, Header, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashSecret } from '../../../platform/credentials/index.ts';
import type { Executed } from '../../../platform/event-store/index.ts';
import { FromBody, Metadata, Route } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { LiveSessions } from '../session/live-sessions.ts';
import { PasswordCheck } from '../session/password-check.ts';
import { requireUser } from '../session/require-user.ts';
import { sessionExample, sessionView, type SessionView } from '../session/session-view.ts';
import { Sessions } from '../session/sessions.ts';
import { newPassword } from '../user/password.ts';
import { SetPassword } from '../user/user.commands.ts';
import type { User } from '../user/user.decider.ts';
import type { UserEvent } from '../user/user.events.ts';

const change = z.strictObject({
  current: z.string().min(1).max(1_024),
  password: z.string().min(1).max(1_024).describe('12 to 256 characters'),
});
const example: z.infer<typeof change> = { current: 'correct horse battery', password: 'another horse battery' };

@ApiTags('Session')
@Controller('session')
export class ChangePasswordController {
  constructor(
    private readonly commands: CommandBus,
    private readonly live: LiveSessions,
    private readonly passwords: PasswordCheck,
    private readonly sessions: Sessions,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post('change-password')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Change the password',
    description: 'Ends all sessions of the user. The answer sets the cookie of a new one.',
    scope: 'session',
    success: { status: 200, schema: sessionView, example: sessionExample },
    errors: [400, 409, 429],
  })
  async change(
    @FromBody(change, example) { current, password }: z.infer<typeof change>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Metadata() metadata: CommandMetadata,
  ): Promise<SessionView> {
    const user = requireUser(await this.live.ofRequest(request));
    const chosen = newPassword(password, user.email);
    if (!(await this.passwords.userOf(user.email, current, request.ip))) {
      throw invalid('current', 'is not the password of this user');
    }
    const passwordHash = await hashSecret(chosen, this.ids.token(22));
    const { userId, sessionEpoch } = user;
    const { state } = await this.commands.execute<SetPassword, Executed<User, UserEvent>>(
      new SetPassword({ by: 'user', userId, passwordHash, sessionEpoch }, metadata),
    );
    return this.sessions.start({ ...user, ...state }, request, reply, metadata);
  }
}
