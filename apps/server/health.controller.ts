import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { openApiSchema, Route } from '../../libs/platform/http/index.ts';
import { Health } from './installation/health.ts';

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
  constructor(private readonly health: Health) {}

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
    const { reasons, followers } = await this.health.now();
    if (reasons.length > 0) void reply.status(503);
    return {
      status: reasons.length > 0 ? 'not-ready' : 'ready',
      reasons: [...reasons],
      lag: Object.fromEntries(followers.map(({ name, lag }) => [name, lag ?? 0])),
    };
  }
}
