import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LastOperator } from '../user/last-operator.ts';
import { requireRank } from '../user/rank.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { RemoveUser } from '../user/user.commands.ts';
import { requireAnother } from '../user/user.decider.ts';

@ApiTags('Users')
@Controller('users')
export class RemoveUserController {
  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
    private readonly operators: LastOperator,
  ) {}

  @Delete(':id')
  @Route({
    summary: 'Remove a user',
    description: 'Their sessions end at once, and their links. Neither oneself nor the last operator can be removed.',
    scope: 'users:write',
    success: { status: 204 },
    errors: [404, 409],
  })
  async remove(
    @FromPath('id') userId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    const user = this.users.within(caller, userId);
    requireRank(caller, user);
    requireAnother(metadata.actor, userId);
    const letGo = await this.operators.letGo(user, metadata);
    await this.commands.execute(new RemoveUser({ userId, letGo }, metadata));
  }
}
