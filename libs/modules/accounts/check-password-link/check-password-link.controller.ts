import { Controller, Header, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FromBody, refuseCrossSite, Route } from '../../../platform/http/index.ts';
import { PasswordLinks } from '../password-link/password-links.ts';

const check = z.strictObject({ token: z.string().min(1).max(200).describe('What is after # in the link') });
const checked = z.object({
  email: z.string(),
  name: z.string(),
  purpose: z.enum(['invitation', 'reset']),
  expiresAt: z.iso.datetime(),
});
type Checked = z.infer<typeof checked>;

const request = { token: `3f0c7f0a-5e0b-8c1d-9a44-2f6a0c9be111.${'Zt5'.padEnd(43, 'x')}` };
const answer: Checked = {
  email: 'ada@company1.example',
  name: 'Ada Byron',
  purpose: 'invitation',
  expiresAt: '2026-11-08T09:30:00.000Z',
};

@ApiTags('Password links')
@Controller('password-links')
export class CheckPasswordLinkController {
  constructor(private readonly links: PasswordLinks) {}

  @Post('check')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'See whose password a link sets',
    description: 'Uses nothing up. 404 for a link that was used, was replaced by a newer one, or has expired.',
    scope: 'public',
    success: { status: 200, schema: checked, example: answer },
    errors: [400, 403, 404],
  })
  async check(
    @FromBody(check, request) { token }: z.infer<typeof check>,
    @Req() request: FastifyRequest,
  ): Promise<Checked> {
    refuseCrossSite(request);
    const { user, link } = await this.links.open(token, request.arrivedAt);
    const { email, name } = user;
    return { email, name, purpose: link.purpose, expiresAt: new Date(link.expiresAt).toISOString() };
  }
}
