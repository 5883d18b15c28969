import { Controller, Inject, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromBody, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { roleSchema } from '../roles.ts';
import { LastOperator } from '../user/last-operator.ts';
import { requireGrantable, requireRank } from '../user/rank.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { ChangeUser, userNameSchema } from '../user/user.commands.ts';
import { userExample, userView, viewOfUser, type UserView } from '../user/user.view.ts';

const change = z.strictObject({
  name: userNameSchema.optional(),
  role: roleSchema.optional().describe('Holds from the next request on, in sessions that are open too'),
});

@ApiTags('Users')
@Controller('users')
export class ChangeUserController {
  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
    private readonly operators: LastOperator,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  @Put(':id')
  @Route({
    summary: 'Change a user',
    description: 'What is left out stays. Neither the role before nor the new one may be above the one who asks.',
    scope: 'users:write',
    success: { status: 200, schema: userView, example: userExample },
    errors: [400, 404, 409],
  })
  async change(
    @FromPath('id') userId: string,
    @FromBody(change, { role: 'webhook-admin' }) { name, role }: z.infer<typeof change>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<UserView> {
    const user = this.users.within(caller, userId);
    requireRank(caller, user);
    if (role !== undefined) requireGrantable(caller, role);
    if (role === 'operator' && user.workspaceId !== this.directory.rootId()) {
      throw invalid('role', 'is for the root workspace alone');
    }
    const changesRole = role !== undefined && role !== user.role;
    const letGo = changesRole ? await this.operators.letGo(user, metadata) : undefined;
    await this.commands.execute(new ChangeUser({ userId, name, role, letGo }, metadata));
    return viewOfUser({ ...user, name: name ?? user.name, role: role ?? user.role });
  }
}
