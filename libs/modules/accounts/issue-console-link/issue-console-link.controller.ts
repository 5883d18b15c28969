import { Controller, Header, Inject, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { tokenHash } from '../../../platform/credentials/index.ts';
import { Caller, FromBody, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, notFound, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { beyond } from '../../identity/contract.ts';
import {
  IssueConsoleLink,
  linkLabelSchema,
  linkRoleSchema,
  originSchema,
} from '../console-link/console-link.commands.ts';
import { linkUrl } from '../console-link/link-token.ts';
import { ROLE_SCOPES } from '../roles.ts';

const DAY_SECONDS = 86_400;

const issue = z.strictObject({
  role: linkRoleSchema.describe('At most what the caller may do'),
  label: linkLabelSchema.default('').describe('Whom it is for, as the activity log tells it'),
  expiresInSeconds: z.int().min(1).max(DAY_SECONDS).default(300).describe('Until when it can be opened'),
  sessionSeconds: z
    .int()
    .min(60)
    .max(DAY_SECONDS / 2)
    .default(3_600)
    .describe('How long whoever opens it is signed in'),
  embedIn: originSchema.optional().describe('The origin whose pages may show the console in a frame; none if left out'),
});
type Issue = z.infer<typeof issue>;

const issued = z.object({
  id: z.string(),
  url: z.string().describe('For one person; whoever has it can open it'),
  expiresAt: z.iso.datetime(),
});
const linkId = 'q3v0bY8mJ2x7cW5nK9dR4t';
const example = { role: 'viewer', label: 'Acme portal, Ana Brandt', embedIn: 'https://portal.acme.example' };

@ApiTags('Console links')
@Controller('workspaces')
export class IssueConsoleLinkController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  @Post(':id/console-links')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Issue a console link',
    description:
      'Lets one person into the console of a workspace and its descendants without a password: the link opens once.',
    scope: 'console-links:write',
    success: {
      status: 201,
      schema: issued,
      example: {
        id: linkId,
        url: linkUrl('https://hooks.example', linkId, 'Zt5'.padEnd(43, 'x')),
        expiresAt: '2026-11-02T09:05:00.000Z',
      },
    },
    errors: [400, 404],
  })
  async issue(
    @FromPath('id') workspaceId: string,
    @FromBody(issue, example) { role, label, expiresInSeconds, sessionSeconds, embedIn }: Issue,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
    @Req() { protocol, host }: FastifyRequest,
  ): Promise<z.infer<typeof issued>> {
    if (!caller.reaches(workspaceId)) throw notFound('The workspace');
    const excess = beyond(ROLE_SCOPES[role], caller.scopes);
    if (excess.length > 0) throw invalid('role', `the caller lacks ${excess.join(', ')}`);
    const id = this.ids.token(22);
    const secret = this.ids.token(43);
    const expiresAt = metadata.at + expiresInSeconds * 1_000;
    const grant = { linkId: id, workspaceId, role, label, embedIn: embedIn ?? null };
    await this.commands.execute(
      new IssueConsoleLink({ ...grant, tokenHash: tokenHash(secret), expiresAt, sessionSeconds }, metadata),
    );
    const url = linkUrl(this.config.publicUrl || `${protocol}://${host}`, id, secret);
    return { id, url, expiresAt: new Date(expiresAt).toISOString() };
  }
}
