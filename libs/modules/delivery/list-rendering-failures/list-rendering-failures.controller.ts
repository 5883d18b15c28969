import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromPath, requireRoot, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from '../../webhook-configuration/contract.ts';
import { downgradeFaults } from '../../version-lifecycle/contract.ts';
import { renderingFailures, type RenderingFailuresDocument } from './rendering-failures.projection.ts';

/** Of each kind; there are as many as versions, triggers and faults make. */
const MOST = 1_000;

const renderingFailuresView = z.object({
  version: z.string().describe('The alerts were to be in'),
  releasedIn: z.string().describe('The release whose downgrade failed'),
  type: z.string().describe('The trigger'),
  fault: z
    .enum(downgradeFaults)
    .describe(
      '`error`: it threw, or made no object. `time`, `size`: over a limit. `shape`: what its version does not accept',
    ),
  count: z.int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  error: z.string().describe('Of the last, as are delivery and webhook'),
  deliveryId: z.string(),
  webhookId: z.string(),
});
const listSchema = z.object({ items: z.array(renderingFailuresView) });
type RenderingFailures = z.infer<typeof listSchema>;

const example: RenderingFailures['items'][number] = {
  version: '2026-01-01',
  releasedIn: '2026-12-01',
  type: 'protected-users-count-updated',
  fault: 'shape',
  count: 3,
  firstAt: '2026-12-01T09:00:00.000Z',
  lastAt: '2026-12-02T17:20:00.000Z',
  error: 'data.count must be string',
  deliveryId: '5bb7a9c2-8a40-8c1e-9d1f-0c4f6d2f9b11',
  webhookId: '66b204f0c992d50b8b2f984c',
};

@ApiTags('Webhook versions')
@Controller('versions')
export class ListRenderingFailuresController {
  constructor(
    @InjectDocuments(renderingFailures) private readonly documents: Collection<RenderingFailuresDocument>,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
  ) {}

  @Get(':name/rendering-failures')
  @Route({
    summary: 'List what could not be rendered in a version, or because of it, newest first',
    description:
      'Deliveries that ended as `unrendered`: their alerts were to be in this version, or the downgrade of its release failed. 404 also for a version that was withdrawn and has none.',
    scope: 'versions:read',
    success: { status: 200, schema: listSchema, example: { items: [example] } },
    errors: [404],
  })
  async list(@FromPath('name') name: string, @Caller() caller: Principal): Promise<RenderingFailures> {
    requireRoot(caller, 'Rendering failures belong');
    const [inIt, ofIt] = await Promise.all(['version', 'releasedIn'].map((field) => this.#where(field, name)));
    const found = [...(inIt ?? []), ...(ofIt ?? [])].sort((a, b) => b.lastAt - a.lastAt);
    if (found.length === 0 && !(await this.#isKnown(name))) throw notFound('The version');
    return { items: found.map(viewOf) };
  }

  /** Only the current version, and none that nobody released, has no expiration. */
  async #isKnown(name: string): Promise<boolean> {
    await this.versions.caughtUp();
    return name === this.versions.current() || this.versions.expirationOf(name) !== null;
  }

  async #where(field: string, name: string): Promise<RenderingFailuresDocument[]> {
    const sort = { field: 'lastAt', direction: 'desc' } as const;
    const { items } = await this.documents.find({ where: [{ field, eq: name }], sort, limit: MOST });
    return items.map(({ document }) => document);
  }
}

const viewOf = ({ firstAt, lastAt, ...failures }: RenderingFailuresDocument) => ({
  ...failures,
  firstAt: new Date(firstAt).toISOString(),
  lastAt: new Date(lastAt).toISOString(),
});
