import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { userExample, userView, viewOfUser, type UserView } from '../user/user.view.ts';

@ApiTags('Users')
@Controller('users')
export class ViewUserController {
  constructor(private readonly users: ResidentUsers) {}

  @Get(':id')
  @Route({
    summary: 'View a user',
    scope: 'users:read',
    success: { status: 200, schema: userView, example: userExample },
    errors: [404],
  })
  view(@FromPath('id') userId: string, @Caller() caller: Principal): UserView {
    return viewOfUser(this.users.within(caller, userId));
  }
}
