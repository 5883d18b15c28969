import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { LetOperatorGo } from './operators.decider.ts';
import { ResidentUsers } from './resident-users.ts';
import type { UserDocument } from './users.projection.ts';

/** Sees to it that somebody is left who can do everything. */
@Injectable()
export class LastOperator {
  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
  ) {}

  /**
   * The term of theirs that may end now; undefined of those who are no operators, or cannot sign in.
   * @throws {Refusal} `conflict` for the last operator.
   */
  async letGo(
    { userId, role, status, operatorTerm }: UserDocument,
    metadata: CommandMetadata,
  ): Promise<number | undefined> {
    if (role !== 'operator' || status !== 'active') return undefined;
    await this.users.caughtUp();
    const others = this.users
      .operators()
      .filter((other) => other.userId !== userId)
      .map((other) => ({ userId: other.userId, term: other.operatorTerm }));
    await this.commands.execute(new LetOperatorGo({ userId, term: operatorTerm, others }, metadata));
    return operatorTerm;
  }
}
