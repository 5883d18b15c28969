import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Claims } from '../../platform/claims/index.ts';
import { hashSecret } from '../../platform/credentials/index.ts';
import type { Executed } from '../../platform/event-store/index.ts';
import { conflict, type Clock, type CommandMetadata, type Ids } from '../../platform/kernel/index.ts';
import { CLOCK, IDS } from '../../platform/runtime/index.ts';
import { normalPassword } from './user/password.ts';
import { userIdOf } from './user/resident-users.ts';
import { RegisterUser } from './user/user.commands.ts';
import { canonicalEmail, type User } from './user/user.decider.ts';
import type { UserEvent } from './user/user.events.ts';

export type FirstAdministrator = { readonly email: string; readonly password: string; readonly workspaceId: string };

/** Somebody who can sign in and invite the others. */
@Injectable()
export class AccountsBootstrap {
  constructor(
    private readonly commands: CommandBus,
    private readonly claims: Claims,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Registers an operator, and says whether they are new: one who exists keeps their password. The id follows from the address, so that what a crash interrupted is
   * completed by the next start.
   */
  async run({ email, password, workspaceId }: FirstAdministrator): Promise<boolean> {
    const userId = userIdOf(email);
    if (!(await this.claims.take('userEmail', canonicalEmail(email), userId, this.#metadata())))
      throw conflict('This e-mail address belongs to another user.');
    const passwordHash = await hashSecret(normalPassword(password), this.ids.token(22));
    const { events } = await this.commands.execute<RegisterUser, Executed<User, UserEvent>>(
      new RegisterUser({ userId, email, passwordHash, roles: ['operator'], workspaceId }, this.#metadata()),
    );
    return events.length > 0;
  }

  #metadata(): CommandMetadata {
    return { at: this.clock.now(), actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
  }
}
