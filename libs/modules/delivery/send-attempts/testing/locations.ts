import type { Sealed } from '../../../../platform/kernel/index.ts';
import type { WorkspaceDirectory, WorkspaceDocument } from '../../../identity/contract.ts';

const settings = {
  type: 'child',
  companyName: '',
  displayName: '',
  domain: '',
  adminEmails: '',
  notificationLevel: 'none',
} as const;

/** The secrets of locations, below one root. */
export class Locations implements WorkspaceDirectory {
  readonly known = new Map<string, Sealed>();
  /** Those that were rotated out. */
  readonly previous = new Map<string, NonNullable<WorkspaceDocument['previousSecret']>>();
  /** Known once it has caught up. */
  readonly stored = new Map<string, Sealed>();

  get(workspaceId: string): WorkspaceDocument {
    const secret = this.known.get(workspaceId) ?? null;
    const previousSecret = this.previous.get(workspaceId) ?? null;
    return { ...settings, workspaceId, parentWorkspaceId: 'root', businessId: 1, secret, previousSecret, revision: 0 };
  }

  async caughtUp(): Promise<void> {
    for (const [workspaceId, secret] of this.stored) this.known.set(workspaceId, secret);
  }

  withBusinessId = () => undefined;
  rootId = () => 'root';
  isWithin = () => true;
  subtree = (workspaceId: string) => [workspaceId];
}
