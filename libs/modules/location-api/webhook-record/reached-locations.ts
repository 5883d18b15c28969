import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';

/** Finds the location that a body names. */
@Injectable()
export class ReachedLocations {
  constructor(
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: Pick<WorkspaceDirectory, 'withBusinessId' | 'caughtUp'>,
  ) {}

  /** Its workspace; undefined for one that is unknown or out of reach, and for what is no BusinessId at all. */
  async workspaceOf(businessId: unknown, caller: Principal): Promise<string | undefined> {
    if (typeof businessId !== 'number') return undefined;
    // Another process may have opened it just now.
    if (!this.directory.withBusinessId(businessId)) await this.directory.caughtUp();
    const workspaceId = this.directory.withBusinessId(businessId)?.workspaceId;
    return workspaceId !== undefined && caller.reaches(workspaceId) ? workspaceId : undefined;
  }
}
