import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, pageOf, paging, requireRoot, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type Clock, type Instant } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { Sender } from '../send-attempts/sender.ts';
import { Backlogs, type Backlog } from './backlogs.ts';

const querySchema = z.strictObject({ ...paging });

const laneView = z.object({
  webhookId: z.string(),
  workspaceId: z.string(),
  url: z.string(),
  enabled: z.boolean().describe('What is owed to a webhook that is disabled is held'),
  owed: z.int().describe('Unfinished deliveries'),
  oldestDueAt: z.iso.datetime().nullable().describe('When the first of what is pending was, or is, due'),
  inTrouble: z
    .boolean()
    .nullable()
    .describe('Its receiver timed out or asked for patience; null if another process serves it'),
  pausedUntil: z.iso.datetime().nullable().describe('Its receiver asked to be left alone until then'),
});
const pageSchema = pageOf(laneView).extend({ total: z.int() });

const example: z.infer<typeof laneView> = {
  webhookId: '66b204f0c992d50b8b2f984c',
  workspaceId: 'company1Workspace',
  url: 'https://receiver.example/quickbookwebhook',
  enabled: true,
  owed: 4_102,
  oldestDueAt: '2026-11-02T09:00:00.000Z',
  inTrouble: true,
  pausedUntil: '2026-11-02T09:05:00.000Z',
};

type Place = { readonly owed: number; readonly webhookId: string };
/** The most owed first, and by id those of the same. */
const inOrder = (a: Place, b: Place): number =>
  b.owed - a.owed || (a.webhookId < b.webhookId ? -1 : a.webhookId > b.webhookId ? 1 : 0);
const placeOf = ({ owed, lane }: Backlog): Place => ({ owed, webhookId: lane.webhookId });

@ApiTags('Operating')
@Controller('lanes')
export class ListLanesController {
  constructor(
    private readonly backlogs: Backlogs,
    private readonly sender: Sender,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Route({
    summary: 'List the lanes of all webhooks, those with the largest backlog first',
    description:
      'A lane that moves between two pages may be on both, or on none. `inTrouble` and `pausedUntil` are what this process knows of the receivers it serves.',
    scope: 'installation:read',
    success: { status: 200, schema: pageSchema, example: { items: [example], nextCursor: null, total: 1 } },
    errors: [400],
  })
  async list(
    @FromQuery(querySchema) { limit, cursor }: z.infer<typeof querySchema>,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    requireRoot(caller, 'Lanes belong');
    const after = cursor === undefined ? undefined : placeIn(cursor);
    const all = await this.backlogs.all();
    const left = all.filter((each) => !after || inOrder(after, placeOf(each)) < 0);
    left.sort((a, b) => inOrder(placeOf(a), placeOf(b)));
    const shown = left.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((each) => this.#viewOf(each)),
      nextCursor: last && left.length > limit ? cursorOf(placeOf(last)) : null,
      total: all.length,
    };
  }

  #viewOf({ lane, owed, oldestDueAt }: Backlog): z.infer<typeof laneView> {
    const { webhookId, workspaceId, url, enabled } = lane;
    const receiver = this.sender.receiverOf(webhookId);
    const isPaused = receiver !== undefined && receiver.pausedUntil > this.clock.now();
    return {
      ...{ webhookId, workspaceId, url, enabled, owed },
      oldestDueAt: oldestDueAt === null ? null : iso(oldestDueAt),
      inTrouble: receiver?.troubled ?? null,
      pausedUntil: isPaused ? iso(receiver.pausedUntil) : null,
    };
  }
}

const iso = (at: Instant): string => new Date(at).toISOString();

const cursorOf = ({ owed, webhookId }: Place): string =>
  Buffer.from(JSON.stringify([owed, webhookId])).toString('base64url');

function placeIn(cursor: string): Place {
  try {
    const [owed, webhookId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof owed === 'number' && typeof webhookId === 'string') return { owed, webhookId };
  } catch {
    // As any other that is none.
  }
  throw invalid('cursor', 'is not one of this list');
}
