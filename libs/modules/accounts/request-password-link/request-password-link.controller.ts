import { Controller, Inject, Post, Req, type OnModuleDestroy } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FromBody, refuseCrossSite, Route } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import { LOGGER, runInContext, type Logger } from '../../../platform/runtime/index.ts';
import { LinkLimit } from '../password-link/link-limit.ts';
import { PasswordLinks } from '../password-link/password-links.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { IssuePasswordLink } from '../user/user.commands.ts';

const ask = z.strictObject({ email: z.string().trim().min(1).max(320) });

@ApiTags('Password links')
@Controller('password-links')
export class RequestPasswordLinkController implements OnModuleDestroy {
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly commands: CommandBus,
    private readonly users: ResidentUsers,
    private readonly links: PasswordLinks,
    private readonly limit: LinkLimit,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Post()
  @Route({
    summary: 'Ask for a link to choose a new password',
    description:
      'The answer is the same whether or not anybody has this address. Whoever does gets an e-mail with a link that is good for an ' +
      'hour; whoever was invited and has no password yet gets the invitation again. 429 says in `Retry-After` how many seconds to wait.',
    scope: 'public',
    success: { status: 202, description: 'If a user has this address, the e-mail will be sent' },
    errors: [400, 403, 429],
  })
  request(
    @FromBody(ask, { email: 'ada@company1.example' }) { email }: z.infer<typeof ask>,
    @Req() request: FastifyRequest,
  ): void {
    refuseCrossSite(request);
    this.limit.take(email, request.ip);
    const { arrivedAt: at, traceId } = request;
    // Not waited for, and in a context of its own: how long the answer takes must not tell whether there is a user.
    const issuing = runInContext(traceId, () => this.#issue(email, at, traceId)).catch((error: unknown) => {
      const isLate = error instanceof Refusal;
      if (!isLate) this.logger.error({ err: error, traceId }, 'password link not issued');
    });
    this.#underWay.add(issuing);
    void issuing.finally(() => this.#underWay.delete(issuing));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #issue(email: string, at: number, traceId: string): Promise<void> {
    const user = this.users.byEmail(email);
    if (!user || user.status === 'removed') return;
    const { userId } = user;
    const purpose = user.status === 'invited' ? 'invitation' : 'reset';
    const link = this.links.make(userId, purpose, at);
    await this.commands.execute(new IssuePasswordLink({ userId, purpose, link }, { at, actor: 'system', traceId }));
  }
}
