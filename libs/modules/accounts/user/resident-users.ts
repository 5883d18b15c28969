import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { derivedId, notFound } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { canonicalEmail } from './user.decider.ts';
import { users, type UserDocument } from './users.projection.ts';

/** The id follows from the address, so that what a crash interrupted is completed by whoever asks again. */
export const userIdOf = (email: string): string => derivedId('user', canonicalEmail(email));

/** The users as they are now, from memory. */
@Injectable()
export class ResidentUsers {
  constructor(
    @InjectResident(users)
    private readonly documents: Pick<ResidentDocuments<UserDocument>, 'get' | 'where' | 'caughtUp'>,
  ) {}

  /** Of any status. */
  get(userId: string): UserDocument | undefined {
    return this.documents.get(userId);
  }

  /** Of any status. */
  byEmail(email: string): UserDocument | undefined {
    return this.get(userIdOf(email));
  }

  /** Those who can sign in as operators of the installation. */
  operators(): readonly UserDocument[] {
    return this.documents.where('role', 'operator').filter(({ status }) => status === 'active');
  }

  /** Resolves once every change that is durable at this moment is known here. */
  async caughtUp(): Promise<void> {
    await this.documents.caughtUp();
  }

  /**
   * Of any status.
   * @throws {Refusal} `not-found` if there is no such user, or their workspace is out of the caller's reach.
   */
  within(caller: Principal, userId: string): UserDocument {
    const user = this.get(userId);
    if (!user || !caller.reaches(user.workspaceId)) throw notFound('The user');
    return user;
  }
}
