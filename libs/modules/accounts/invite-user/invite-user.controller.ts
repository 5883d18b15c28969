import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Claims } from '../../../platform/claims/index.ts';
import { Caller, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { isAddress } from '../../../platform/mail/address.ts';
import { WORKSPACE_DIRECTORY, workspaceIdSchema, type WorkspaceDirectory } from '../../identity/contract.ts';
import { roleSchema } from '../roles.ts';
import { LinkLimit } from '../password-link/link-limit.ts';
import { PasswordLinks } from '../password-link/password-links.ts';
import { requireGrantable } from '../user/rank.ts';
import { userIdOf } from '../user/resident-users.ts';
import { InviteUser, userNameSchema } from '../user/user.commands.ts';
import { canonicalEmail } from '../user/user.decider.ts';
import { userExample, userView, type UserView } from '../user/user.view.ts';

const invite = z.strictObject({
  email: z.email({ abort: true }).max(254).refine(isAddress, { error: 'must be an address that mail can be sent to' }),
  name: userNameSchema,
  role: roleSchema.describe('At most what the one who asks may do; `operator` on the root workspace alone'),
  workspaceId: workspaceIdSchema.optional().describe("The caller's own if it is left out"),
});
const { email, name, role, workspaceId } = userExample;

@ApiTags('Users')
@Controller('users')
export class InviteUserController {
  constructor(
    private readonly commands: CommandBus,
    private readonly links: PasswordLinks,
    private readonly claims: Claims,
    private readonly limit: LinkLimit,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  @Post()
  @Route({
    summary: 'Invite a user',
    description:
      'They get an e-mail with a link to choose a password, which is good for seven days. An address belongs to one user of the ' +
      'installation; one who was removed can be invited again.',
    scope: 'users:write',
    success: {
      status: 201,
      schema: userView,
      example: { ...userExample, status: 'invited', lastSignInAt: null },
    },
    errors: [400, 409, 429],
  })
  async invite(
    @FromBody(invite, { email, name, role, workspaceId }) body: z.infer<typeof invite>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<UserView> {
    const place = body.workspaceId ?? caller.workspaceId;
    if (!caller.reaches(place)) throw invalid('workspaceId', 'is not a workspace within reach');
    requireGrantable(caller, body.role);
    if (body.role === 'operator' && place !== this.directory.rootId()) {
      throw invalid('role', 'is for the root workspace alone');
    }
    const userId = userIdOf(body.email);
    if (!(await this.claims.take('userEmail', canonicalEmail(body.email), userId, metadata))) {
      throw conflict('This e-mail address belongs to another user.');
    }
    this.limit.takeInvitation(body.email);
    const invited = { userId, email: body.email, name: body.name, role: body.role, workspaceId: place };
    const link = this.links.make(userId, 'invitation', metadata.at);
    await this.commands.execute(new InviteUser({ ...invited, link }, metadata));
    const { userId: id, ...shown } = invited;
    const invitedAt = new Date(metadata.at).toISOString();
    return { id, ...shown, status: 'invited', invitedAt, lastSignInAt: null };
  }
}
