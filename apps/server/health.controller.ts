import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EVENT_STORE, type EventStore } from '../../libs/platform/event-store/index.ts';
import type { Position } from '../../libs/platform/kernel/index.ts';
import { openApiSchema, Route } from '../../libs/platform/http/index.ts';
import { Projections, Sagas } from '../../libs/platform/processing/index.ts';
import type { Stores } from './stores.ts';

/** Whoever asks waits little longer. */
const PATIENCE_MS = 2_000;

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

  /** The head, and whether documents can be read. An engine that is known to be away is not asked; whoever hangs is not waited for. */
  async #look(): Promise<[Position | undefined, boolean]> {
    if (this.engines.failures().length > 0) return [undefined, false];
    const soon = <T>(asked: Promise<T>, otherwise: T) =>
      Promise.race([asked.catch(() => otherwise), delay(PATIENCE_MS, otherwise, { ref: false })]);
    return Promise.all([
      soon<Position | undefined>(this.store.head(), undefined),
      soon(
        Promise.all([this.projections.readable(), this.sagas.look()]).then(([readable]) => readable),
        false,
      ),
    ]);
  }

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
    const [head, isRead] = await this.#look();
    const followers = [...this.projections.followers(), ...this.sagas.followers()];
    const reasons = this.engines.failures().map(({ message }) => message);
    if (head === undefined && reasons.length === 0) reasons.push('the event store cannot be read');
    if (!isRead && reasons.length === 0) reasons.push('the read model cannot be read');
    for (const { failure, name } of followers)
      if (failure !== undefined) reasons.push(`${name} is failing and being retried`);
    const lagOf = (position: Position) => (head === undefined ? 0 : Math.max(0, head - position));
    if (reasons.length > 0) void reply.status(503);
    return {
      status: reasons.length > 0 ? 'not-ready' : 'ready',
      reasons,
      lag: Object.fromEntries(followers.map(({ name, position }) => [name, lagOf(position)])),
    };
  }
}
