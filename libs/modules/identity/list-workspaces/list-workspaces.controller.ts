import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, countedPageOf, FromQuery, paging, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { countedPage, type Collection, type Condition } from '../../../platform/read-model/index.ts';
import { ResidentWorkspaces } from '../workspace/resident-workspaces.ts';
import { viewOfDocument, workspaceExample, workspaceView } from '../workspace/workspace.view.ts';
import { workspaces, type WorkspaceDocument } from '../workspace/workspaces.projection.ts';

const querySchema = z.strictObject({
  ...paging,
  search: z.string().min(1).max(200).optional().describe('Part of the id, companyName or displayName, in any case'),
  within: z.string().min(1).max(128).optional().describe('Only the descendants of this workspace, without itself'),
  parentWorkspaceId: z.string().min(1).max(128).optional().describe('Only the children of this workspace'),
  type: workspaceView.shape.type.optional(),
  businessId: z.coerce.number().int().min(1).optional().describe('Only the workspace with this businessId'),
});
type ListQuery = z.infer<typeof querySchema>;

const listedWorkspace = workspaceView.extend({
  children: z.int().min(0).describe('How many workspaces stand directly under it'),
});
const pageSchema = countedPageOf(listedWorkspace);

@ApiTags('Workspaces')
@Controller('workspaces')
export class ListWorkspacesController {
  constructor(
    @InjectDocuments(workspaces) private readonly documents: Collection<WorkspaceDocument>,
    @InjectResident(workspaces) private readonly resident: ResidentDocuments<WorkspaceDocument>,
    private readonly tree: ResidentWorkspaces,
  ) {}

  @Get()
  @Route({
    summary: 'List workspaces',
    description: 'Those within reach, by id.',
    scope: 'workspaces:read',
    success: {
      status: 200,
      schema: pageSchema,
      example: {
        items: [{ ...workspaceExample, children: 0 }],
        nextCursor: null,
        total: 1,
        totalIsAtLeast: false,
      },
    },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { limit, cursor, search, within, ...filter }: ListQuery,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const among = within === undefined ? caller.reach() : this.#below(within, caller);
    const ids = search === undefined ? among : this.#found(search.toLowerCase(), among);
    const where: Condition[] = [
      ...(ids === 'everything' ? [] : [{ field: 'id', in: ids }]),
      ...Object.entries(filter).flatMap(([field, eq]) => (eq === undefined ? [] : [{ field, eq }])),
    ];
    const sort = { field: 'id', direction: 'asc' } as const;
    const page = await countedPage(this.documents, { where, sort, limit, cursor });
    const items = page.items.map(({ document, id }) => ({
      ...viewOfDocument(document),
      children: this.resident.where('parentWorkspaceId', id).length,
    }));
    return { ...page, items };
  }

  #below(workspaceId: string, caller: Principal): readonly string[] {
    if (!caller.reaches(workspaceId)) throw notFound('The workspace');
    return this.tree.subtree(workspaceId).filter((id) => id !== workspaceId);
  }

  /** In memory, where all of them are anyway. */
  #found(text: string, among: 'everything' | readonly string[]): readonly string[] {
    const all = among === 'everything' ? this.resident.all() : among.flatMap((id) => this.resident.get(id) ?? []);
    return all
      .filter(({ workspaceId, companyName, displayName }) =>
        [workspaceId, companyName, displayName].some((name) => name.toLowerCase().includes(text)),
      )
      .map(({ workspaceId }) => workspaceId);
  }
}
