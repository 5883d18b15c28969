import { Injectable } from '@nestjs/common';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { WorkspaceDirectory } from './workspace-directory.ts';
import { isWithin, subtreeOf } from './workspace-tree.ts';
import { workspaces, type WorkspaceDocument } from './workspaces.projection.ts';

/** The directory over this process's copy of the `workspaces` documents. */
@Injectable()
export class ResidentWorkspaces implements WorkspaceDirectory {
  #root: string | undefined;

  constructor(
    @InjectResident(workspaces)
    private readonly documents: Pick<
      ResidentDocuments<WorkspaceDocument>,
      'get' | 'where' | 'all' | 'caughtUp' | 'follower'
    >,
  ) {}

  get(workspaceId: string): WorkspaceDocument | undefined {
    return this.documents.get(workspaceId);
  }

  withBusinessId(businessId: number): WorkspaceDocument | undefined {
    return this.documents.where('businessId', businessId)[0];
  }

  isWithin(workspaceId: string, ancestorId: string): boolean {
    return isWithin(workspaceId, ancestorId, (id) => this.get(id)?.parentWorkspaceId);
  }

  /** A workspace and all its descendants. */
  subtree(workspaceId: string): string[] {
    return subtreeOf(workspaceId, (id) =>
      this.documents.where('parentWorkspaceId', id).map((child) => child.workspaceId),
    );
  }

  /** There is one; it is never moved, so it is looked for once. */
  root(): string | undefined {
    this.#root ??= this.documents.all().find((document) => document.parentWorkspaceId === null)?.workspaceId;
    return this.#root;
  }

  rootId(): string {
    const root = this.root();
    if (root === undefined) throw new Error('The root workspace is not registered yet.');
    return root;
  }

  /** @throws {Error} before the projections have been started: until then the tree looks empty. */
  requireRunning(): void {
    if (!this.documents.follower) throw new Error('The projections have to be started first.');
  }

  async caughtUp(): Promise<void> {
    await this.documents.caughtUp();
  }
}
