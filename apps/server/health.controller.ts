import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EVENT_STORE, type EventStore } from '../../libs/platform/event-store/index.ts';
import type { Position } from '../../libs/platform/kernel/index.ts';
import { openApiSchema, Route } from '../../libs/platform/http/index.ts';
import { Projections, Sagas } from '../../libs/platform/processing/index.ts';
import type { Stores } from './stores.ts';

export type Engines = Pick<Stores, 'failures'>;
export const ENGINES = Symbol('Engines');

const live = z.object({ status: z.literal('live') });
const ready = z.object({
  status: z.enum(['ready', 'not-ready']),
  reasons: z.array(z.string()),
  lag: z.record(z.string(), z.int()).describe('By projection and saga: store positions it is behind'),
});
const notReadyExample = {
  status: 'not-ready',
  reasons: ['deliveries is failing and being retried'],
  lag: { deliveries: 7 },
};

@ApiTags('Operating')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ENGINES) private readonly engines: Engines,
    private readonly projections: Projections,
    private readonly sagas: Sagas,
  ) {}

  @Get('live')
  @Route({
    summary: 'Whether the process runs',
    scope: 'public',
    success: { status: 200, schema: live, example: { status: 'live' } },
  })
  live(): z.infer<typeof live> {
    return { status: 'live' };
  }

  @Get('ready')
  @Route({
    summary: 'Whether requests can be served, and how far behind each projection and saga is',
    scope: 'public',
    success: { status: 200, schema: ready, example: { status: 'ready', reasons: [], lag: { deliveries: 0 } } },
  })
  @ApiResponse({
    status: 503,
    description: 'Not ready, and why',
    content: { 'application/json': { schema: openApiSchema(ready, 'output'), example: notReadyExample } },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.infer<typeof ready>> {
    const [head, read] = await Promise.allSettled([this.store.head(), this.projections.readable(), this.sagas.look()]);
    const followers = [...this.projections.followers(), ...this.sagas.followers()];
    const reasons = this.engines.failures().map(({ message }) => message);
    if (head.status === 'rejected' && reasons.length === 0) reasons.push('the event store cannot be read');
    if (!(read.status === 'fulfilled' && read.value) && reasons.length === 0)
      reasons.push('the read model cannot be read');
    for (const { failure, name } of followers)
      if (failure !== undefined) reasons.push(`${name} is failing and being retried`);
    const lagOf = (position: Position) => (head.status === 'fulfilled' ? Math.max(0, head.value - position) : 0);
    if (reasons.length > 0) void reply.status(503);
    return {
      status: reasons.length > 0 ? 'not-ready' : 'ready',
      reasons,
      lag: Object.fromEntries(followers.map(({ name, position }) => [name, lagOf(position)])),
    };
  }
}
