import type { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Caller, CallerNow, FromQuery, Route, WorkspaceIfGiven, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import type { ChangeMessage } from './change-message.ts';
import { LiveChanges } from './live-changes.ts';

const EVENT_STREAM = 'text/event-stream';

const querySchema = z.strictObject({
  workspace: z.string().min(1).optional().describe('As the header `Workspace`, for clients that cannot send one'),
  lastEventId: z.string().optional().describe('As the header `Last-Event-ID`, for clients that cannot send one'),
});

const told: ChangeMessage = {
  webhooks: ['66b204f0c992d50b8b2f984c'],
  deliveries: [{ webhookId: '66b204f0c992d50b8b2f984c', count: 1, ids: ['00000000-002a-8d1c-a4f7-5f0a8c1e7b33'] }],
  redeliveries: [],
  lists: ['activity'],
};
const example = [
  'retry: 2000\n\n',
  'id: 41\nevent: open\ndata: {"position":41}\n\n',
  `id: 43\nevent: changes\ndata: ${JSON.stringify(told)}\n\n`,
  ':\n\n',
].join('');

@ApiTags('Changes')
@Controller('changes')
export class FollowChangesController {
  constructor(private readonly changes: LiveChanges) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Header('X-Accel-Buffering', 'no')
  @Header('Connection', 'close')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The `id` of the event that was received last; browsers send it when they come back',
    schema: { type: 'string' },
  })
  @Route({
    summary: 'What changes, as it does',
    description: [
      'Server-sent events that name what to read again, of the workspace that is asked for, or of all that the caller reaches, and of what its scopes let it read. Nothing that happened before is told: read when `open` has come, and again what `changes` names.',
      '`open` `{position}` comes first. `changes` comes at most every 500 ms and when the lists have what it is about: `webhooks`, an array of ids; `deliveries`, an array of `{webhookId, count, ids}`, with the 20 ids at most that changed last; `redeliveries`, an array of ids; `lists`, of `activity`, `api-clients`, `versions`, `triggers`, `workspaces`, `notifications`, `users`. `resync` `{position}`: read everything again, since too much has changed, or something may have while you were away. `end` `{reason}`: the caller may no longer listen; do not come back with the same token or session.',
      'A comment comes every 15 seconds. Whoever does not read is cut off.',
    ].join('\n\n'),
    scope: 'webhooks:read',
    success: { status: 200, type: EVENT_STREAM, schema: z.string(), example },
    errors: [400, 404, 503],
  })
  async follow(
    @WorkspaceIfGiven() inHeader: string | undefined,
    @FromQuery(querySchema) query: z.infer<typeof querySchema>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Caller() caller: Principal,
    @CallerNow() callerNow: () => Promise<Principal>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const workspaceId = query.workspace ?? inHeader;
    if (workspaceId !== undefined && !caller.reaches(workspaceId)) throw notFound('The workspace');
    void reply.header('Content-Type', EVENT_STREAM);
    return this.changes.listen({ caller, callerNow, workspaceId }, lastEventId ?? query.lastEventId);
  }
}
