import { Controller, Header, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromBody, Metadata, ProblemWith, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { Door } from './door.ts';
import { itemsOf, publishAnswer, publishBody, type PublishAnswer } from './published-event.ts';
import { publishExample } from './publish-example.ts';

@ApiTags('Events')
@Controller('events')
export class PublishEventsController {
  constructor(private readonly door: Door) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Publish one platform event, or a list of up to 1,000',
    description:
      'Each item is answered by itself, in order. Accepted items are on disk when the answer comes. When no item was accepted or is a duplicate, the answer is a problem (400, or 409 when all conflict) that carries the same `items`.',
    scope: 'events:publish',
    success: { status: 202, schema: publishAnswer, example: { items: [{ id: '12345', status: 'accepted' }] } },
    errors: [400, 409, 413, 503],
  })
  async publish(
    @FromBody(publishBody, publishExample, itemsOf) items: unknown[],
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<PublishAnswer> {
    const answers = await this.door.take(items, caller, metadata);
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
