import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  visibleTo,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { userExample, userView, viewOfUser, type UserView } from '../user/user.view.ts';
import { users, type UserDocument } from '../user/users.projection.ts';

const query = z.strictObject({
  ...paging,
  status: userView.shape.status.optional().describe('Without it, all but those who were removed'),
  role: userView.shape.role.optional(),
});

@ApiTags('Users')
@Controller('users')
export class ListUsersController {
  constructor(@InjectDocuments(users) private readonly documents: Collection<UserDocument>) {}

  @Get()
  @Route({
    summary: 'List users',
    description: 'Those whose workspace is within reach, invited last first.',
    scope: 'users:read',
    success: { status: 200, schema: pageOf(userView), example: { items: [userExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(query) { limit, cursor, status, role }: z.infer<typeof query>,
    @Caller() caller: Principal,
    @WorkspaceIfGiven() workspaceId: string | undefined,
  ): Promise<{ items: UserView[]; nextCursor: string | null }> {
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      status === undefined ? { field: 'status', in: ['invited', 'active'] } : { field: 'status', eq: status },
      ...(role === undefined ? [] : [{ field: 'role', eq: role }]),
    ];
    const page = await this.documents.find({ where, sort: { field: 'invitedAt', direction: 'desc' }, limit, cursor });
    return { items: page.items.map(({ document }) => viewOfUser(document)), nextCursor: page.nextCursor };
  }
}
