import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { tokenHash } from '../../../platform/credentials/index.ts';
import type { Executed } from '../../../platform/event-store/index.ts';
import { SESSION_COOKIE } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { OpenConsoleLink, RevokeConsoleLink } from '../console-link/console-link.commands.ts';
import type { ConsoleLink } from '../console-link/console-link.decider.ts';
import type { ConsoleLinkEvent } from '../console-link/console-link.events.ts';
import { RecordSignIn } from '../user/user.commands.ts';
import type { UserDocument } from '../user/users.projection.ts';
import { actorOf, type LiveSession } from './live-sessions.ts';
import { viewOfSession, type SessionView } from './session-view.ts';
import { EndSession, StartSession } from './session.commands.ts';

const SESSION_SECONDS = 7 * 86_400;
const LONGEST_USER_AGENT = 300;

/** Starts and ends sessions, and the cookies they are known by. Who somebody is was settled before. */
@Injectable()
export class Sessions {
  readonly #isHttps: boolean;

  constructor(
    private readonly commands: CommandBus,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CONFIG) { publicUrl }: Pick<Config, 'publicUrl'>,
  ) {
    this.#isHttps = publicUrl.startsWith('https:');
  }

  /** Signs a user in: for a week, from this browser. `user` as of now, `sessionEpoch` above all. */
  async start(
    user: UserDocument,
    request: Pick<FastifyRequest, 'ip' | 'headers'>,
    reply: FastifyReply,
    metadata: CommandMetadata,
  ): Promise<SessionView> {
    const { userId, sessionEpoch: epoch, role, workspaceId } = user;
    const { sessionId, secret } = this.#fresh();
    const expiresAt = metadata.at + SESSION_SECONDS * 1_000;
    const from = {
      address: request.ip,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    };
    const data = { sessionId, userId, tokenHash: tokenHash(secret), epoch, expiresAt, ...from };
    await this.commands.execute(new RecordSignIn({ userId }, metadata));
    await this.commands.execute(new StartSession(data, metadata));
    this.#setCookie(reply, `${sessionId}.${secret}`, SESSION_SECONDS, null);
    return viewOfSession({ sessionId, expiresAt, of: { kind: 'user', user }, role, workspaceId });
  }

  /** @throws {Refusal} `not-found` for a link or secret that is none; `conflict` for one that is used, expired or revoked. */
  async openLink(
    linkId: string,
    linkSecret: string,
    reply: FastifyReply,
    metadata: CommandMetadata,
  ): Promise<SessionView> {
    const { sessionId, secret } = this.#fresh();
    const hashes = { tokenHash: tokenHash(linkSecret), sessionTokenHash: tokenHash(secret) };
    const { events } = await this.commands.execute<OpenConsoleLink, Executed<ConsoleLink, ConsoleLinkEvent>>(
      new OpenConsoleLink({ linkId, sessionId, ...hashes }, metadata),
    );
    const opened = events.find((event) => event.type === 'ConsoleLinkOpened');
    if (!opened) throw new Error('Opening a link answers with one event.');
    const { label, role, workspaceId, embedIn, sessionExpiresAt: expiresAt } = opened.data;
    this.#setCookie(reply, `${sessionId}.${secret}`, Math.ceil((expiresAt - metadata.at) / 1_000), embedIn);
    const of = { kind: 'link' as const, linkId, label, role, workspaceId, embedIn };
    return viewOfSession({ sessionId, expiresAt, of, role, workspaceId });
  }

  /** The session of a link ends with the link. */
  async end(session: LiveSession, reply: FastifyReply, metadata: CommandMetadata): Promise<void> {
    const { of, sessionId } = session;
    await this.commands.execute(
      of.kind === 'link'
        ? new RevokeConsoleLink({ linkId: of.linkId }, metadata)
        : new EndSession({ sessionId }, metadata),
    );
    this.forget(session, reply);
  }

  /** Takes the cookie back; the session itself is as it was. */
  forget({ of }: Pick<LiveSession, 'of'>, reply: FastifyReply): void {
    this.#setCookie(reply, '', 0, of.kind === 'link' ? of.embedIn : null);
  }

  #fresh(): { sessionId: string; secret: string } {
    return { sessionId: this.ids.token(22), secret: this.ids.token(43) };
  }

  /** Within the frame of another site a browser keeps a cookie only if it is of that site's frames alone. Its age, since clocks differ. */
  #setCookie(reply: FastifyReply, value: string, maxAge: number, embedIn: string | null): void {
    const common = { path: '/', httpOnly: true, maxAge } as const;
    void reply.setCookie(
      SESSION_COOKIE,
      value,
      embedIn === null
        ? { ...common, sameSite: 'strict', secure: this.#isHttps }
        : { ...common, sameSite: 'none', secure: true, partitioned: true },
    );
  }
}

/** Of a command that somebody gives who is not signed in yet. */
export const metadataOf = (
  of: Pick<LiveSession, 'of'>,
  { arrivedAt, traceId }: Pick<FastifyRequest, 'arrivedAt' | 'traceId'>,
): CommandMetadata => ({ at: arrivedAt, actor: actorOf(of), traceId });
