import { Controller, Header, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Executed } from '../../../platform/event-store/index.ts';
import {
  Caller,
  etag,
  FromBodyIfGiven,
  FromPath,
  IfMatch,
  Metadata,
  Route,
  type Principal,
} from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { LocationSecrets } from '../workspace/location-secrets.ts';
import { IssueLocation, MAX_OVERLAP_SECONDS, RotateWorkspaceSecret } from '../workspace/workspace.commands.ts';
import type { Workspace } from '../workspace/workspace.decider.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../workspace/workspace-directory.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { workspaceSecretExample, workspaceSecretView, type WorkspaceSecretView } from '../workspace/workspace.view.ts';

const bodySchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_OVERLAP_SECONDS)
    .default(0)
    .describe('How long the secret it had signs beside the new one'),
});
const examples = { 'at once': {}, 'in a day': { overlapSeconds: 86_400 } };

@ApiTags('Workspaces')
@Controller('workspaces')
export class RotateWorkspaceSecretController {
  constructor(
    private readonly commands: CommandBus,
    private readonly secrets: LocationSecrets,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
  ) {}

  @Post(':id/rotate-secret')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Replace the shared secret of a workspace',
    description:
      'From the next attempt on it signs the alerts of every webhook of the workspace that was made in the location webhook API, ' +
      'also of those that were attempted before. With an overlap `webhook-signature` has two signatures until `previousUntil`, that of ' +
      'the new secret first, and `X-Nexudus-Hook-Signature` is made with the secret it had. Rotated again before that, only the last ' +
      'two secrets count.',
    scope: 'workspaces:write',
    success: { status: 200, schema: workspaceSecretView, example: workspaceSecretExample },
    errors: [400, 404, 409, 412, 413],
  })
  async rotate(
    @FromPath('id') workspaceId: string,
    @IfMatch() expectedRevision: number | undefined,
    @FromBodyIfGiven(bodySchema, examples) { overlapSeconds }: z.infer<typeof bodySchema>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceSecretView> {
    const document = caller.reaches(workspaceId) ? this.directory.get(workspaceId) : undefined;
    if (!document) throw notFound('The workspace');
    const businessId =
      document.businessId ??
      (await this.commands.execute<IssueLocation, number>(new IssueLocation({ workspaceId }, metadata)));
    const { secret, sealed } = this.secrets.make(workspaceId);
    const { revision } = await this.commands.execute<RotateWorkspaceSecret, Executed<Workspace, WorkspaceEvent>>(
      new RotateWorkspaceSecret({ workspaceId, secret: sealed, overlapSeconds }, { ...metadata, expectedRevision }),
    );
    void reply.header('ETag', etag(revision));
    const until = overlapSeconds > 0 ? new Date(metadata.at + overlapSeconds * 1_000).toISOString() : null;
    return { workspaceId, businessId, secret, previousUntil: until };
  }
}
