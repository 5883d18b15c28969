import type { Readable } from 'node:stream';
import { Controller, Header, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Caller,
  CallerNow,
  FromBody,
  JSON_LINES_TYPE,
  JsonLines,
  Metadata,
  ProblemWith,
  Route,
  type Principal,
} from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { Door } from './door.ts';
import { EventStream } from './event-stream.ts';
import { itemsOf, publishAnswer, publishBody, publishedItem, type PublishAnswer } from './published-event.ts';
import { publishExample } from './publish-example.ts';

const bodyOf = (body: unknown): unknown[] | JsonLines => (body instanceof JsonLines ? body : itemsOf(body));

@ApiTags('Events')
@Controller('events')
export class PublishEventsController {
  constructor(
    private readonly door: Door,
    private readonly stream: EventStream,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Publish one platform event, a list of up to 1,000, or a stream of any length',
    description: [
      'Each item is answered by itself, in order. Accepted items are on disk when the answer comes. When no item was accepted or is a duplicate, the answer is a problem (400, or 409 when all conflict) that carries the same `items`.',
      'As `application/x-ndjson` the body is one event a line, of any length. Each line is answered by a line, in order and once it is on disk, while the body is still being sent: read the answers as you send, since no more is taken than is read. When no more can be taken, the last line is a problem, with `retryAfter` in seconds if it is a 503: go on from the first line that was not answered.',
      '503 says in `Retry-After` when to try again: the disk is nearly full, or more comes in than can be written or passed on.',
    ].join('\n\n'),
    scope: 'events:publish',
    success: {
      status: 202,
      schema: publishAnswer,
      example: { items: [{ id: '12345', status: 'accepted' }] },
      line: { schema: publishedItem, example: { id: '12345', status: 'accepted' } },
    },
    errors: [400, 409, 413, 415, 503],
  })
  async publish(
    @FromBody(publishBody, publishExample, bodyOf) body: unknown[] | JsonLines,
    @Caller() caller: Principal,
    @CallerNow() callerNow: () => Promise<Principal>,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublishAnswer | Readable> {
    if (body instanceof JsonLines) {
      const answers = await this.stream.take(body, callerNow, metadata);
      void reply.header('Content-Type', JSON_LINES_TYPE);
      return answers;
    }
    const answers = await this.door.take(body, caller, metadata);
    if (answers.some(({ status }) => status === 'accepted' || status === 'duplicate')) return { items: answers };
    const allConflict = answers.every(({ status }) => status === 'conflict');
    throw allConflict
      ? new ProblemWith('conflict', 'The id is taken by another event.', { items: answers })
      : new ProblemWith('invalid', 'No event was accepted.', { items: answers, errors: errorsOf(answers) });
  }
}

const errorsOf = (items: PublishAnswer['items']) =>
  items.flatMap(({ errors }, index) =>
    (errors ?? []).map(({ field, message }) => ({
      field: items.length === 1 ? field : `[${index}].${field}`,
      message,
    })),
  );
