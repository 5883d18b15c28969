import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/index.ts';

/** Who is asking, and how far they reach, both as they are at this request. */
export type Principal = {
  /** `client:<id>`, `user:<id>` or `link:<id>`; becomes the `actor` of what is appended. */
  readonly actor: string;
  readonly workspaceId: string;
  readonly scopes: ReadonlySet<string>;
  /** True for the principal's own workspace and every descendant. */
  readonly reaches: (workspaceId: string) => boolean;
  /** All workspaces reached, or `everything` for a principal of the root workspace. */
  readonly reach: () => 'everything' | readonly string[];
};

declare module 'fastify' {
  interface FastifyRequest {
    traceId: string;
    /** Milliseconds by the Clock, at the arrival of the request. */
    arrivedAt: number;
    principal: Principal | undefined;
    /** Whether its route takes HTTP Basic besides bearer tokens; known once the guard was asked. */
    takesBasic: boolean;
    /** The caller as of now: for requests that last. Rejects as the guard does. */
    callerNow: (() => Promise<Principal>) | undefined;
  }
}

export const requestOf = (context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>();

export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Refusal('unauthenticated', 'A bearer token is required.');
  return request.principal;
}

/** The authenticated caller. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => principalOf(requestOf(context)));

/** The authenticated caller as of each call: whoever was revoked meanwhile is refused. */
export const CallerNow = createParamDecorator(
  (_: unknown, context: ExecutionContext): (() => Promise<Principal>) =>
    requestOf(context).callerNow ?? (async () => principalOf(requestOf(context))),
);
