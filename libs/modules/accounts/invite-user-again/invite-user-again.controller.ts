import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LinkLimit } from '../password-link/link-limit.ts';
import { PasswordLinks } from '../password-link/password-links.ts';
import { requireRank } from '../user/rank.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { IssuePasswordLink } from '../user/user.commands.ts';

@ApiTags('Users')
@Controller('users')
export class InviteUserAgainController {
  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
    private readonly links: PasswordLinks,
    private readonly limit: LinkLimit,
  ) {}

  @Post(':id/invite')
  @Route({
    summary: 'Invite a user again',
    description: 'For whoever has not accepted yet: another e-mail, whose link replaces the one before.',
    scope: 'users:write',
    success: { status: 202, description: 'The e-mail will be sent' },
    errors: [404, 409, 429],
  })
  async invite(
    @FromPath('id') userId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    const user = this.users.within(caller, userId);
    requireRank(caller, user);
    this.limit.takeInvitation(user.email);
    const link = this.links.make(userId, 'invitation', metadata.at);
    await this.commands.execute(new IssuePasswordLink({ userId, purpose: 'invitation', link }, metadata));
  }
}
