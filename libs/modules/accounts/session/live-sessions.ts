import { Inject, Injectable } from '@nestjs/common';
import { matchesTokenHash } from '../../../platform/credentials/index.ts';
import { SESSION_COOKIE, type Principal, type SessionAuthenticator } from '../../../platform/http/index.ts';
import type { FastifyRequest } from 'fastify';
import { Refusal, type Clock, type Instant } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { reachFrom, WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { scopesOf, type Role } from '../roles.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import type { UserDocument } from '../user/users.projection.ts';
import type { ConsoleEmbedding } from './console-embedding.ts';
import { sessions, type SessionDocument } from './sessions.projection.ts';

type OfLink = Extract<SessionDocument['of'], { kind: 'link' }>;

/** A session that counts, with what it may do as of now. */
export type LiveSession = {
  readonly sessionId: string;
  readonly expiresAt: Instant;
  readonly of: { readonly kind: 'user'; readonly user: UserDocument } | OfLink;
  readonly role: Role;
  /** The root of what it reaches. */
  readonly workspaceId: string;
};

export const actorOf = ({ of }: Pick<LiveSession, 'of'>): string =>
  of.kind === 'user' ? `user:${of.user.userId}` : `link:${of.linkId}`;

const COOKIE = /^([\w-]{22})\.([\w-]{43})$/;

/** Looks up at every request whether a session still counts, and its user's role and workspace. */
@Injectable()
export class LiveSessions implements SessionAuthenticator, Pick<ConsoleEmbedding, 'ofSession'> {
  constructor(
    @InjectDocuments(sessions) private readonly documents: Pick<Collection<SessionDocument>, 'get'>,
    private readonly users: ResidentUsers,
    @Inject(WORKSPACE_DIRECTORY) private readonly workspaces: WorkspaceDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async authenticate(cookie: string): Promise<Principal> {
    const live = await this.#find(cookie);
    if (!live) throw over();
    const { role, workspaceId } = live;
    return { actor: actorOf(live), workspaceId, scopes: scopesOf(role), ...reachFrom(this.workspaces, workspaceId) };
  }

  /** The session of a request that the guard let in by it. */
  async ofRequest({ cookies }: Pick<FastifyRequest, 'cookies'>): Promise<LiveSession> {
    const live = await this.#find(cookies[SESSION_COOKIE] ?? '');
    if (!live) throw over();
    return live;
  }

  async ofSession(cookie: string): Promise<string | null> {
    const live = await this.#find(cookie);
    return live?.of.kind === 'link' ? live.of.embedIn : null;
  }

  async #find(cookie: string): Promise<LiveSession | undefined> {
    const [, sessionId, secret] = COOKIE.exec(cookie) ?? [];
    if (sessionId === undefined || secret === undefined) return undefined;
    const document = (await this.documents.get(sessionId))?.document;
    if (!document || !matchesTokenHash(secret, document.tokenHash)) return undefined;
    const { of, expiresAt, endedAt } = document;
    if (endedAt !== null || this.clock.now() >= expiresAt) return undefined;
    if (of.kind === 'link') return { sessionId, expiresAt, of, role: of.role, workspaceId: of.workspaceId };
    const user = this.users.get(of.userId);
    if (user?.status !== 'active' || user.sessionEpoch !== of.epoch) return undefined;
    return { sessionId, expiresAt, of: { kind: 'user', user }, role: user.role, workspaceId: user.workspaceId };
  }
}

const over = (): Refusal => new Refusal('unauthenticated', 'The session is over; sign in again.');
