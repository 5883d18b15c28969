import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { requireRank } from '../user/rank.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { EndUserSessions } from '../user/user.commands.ts';

@ApiTags('Users')
@Controller('users')
export class EndUserSessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
  ) {}

  @Post(':id/end-sessions')
  @Route({
    summary: 'End all sessions of a user',
    description: 'They have to sign in again, everywhere. Their password stays.',
    scope: 'users:write',
    success: { status: 204 },
    errors: [404],
  })
  async end(
    @FromPath('id') userId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    requireRank(caller, this.users.within(caller, userId));
    await this.commands.execute(new EndUserSessions({ userId }, metadata));
  }
}
