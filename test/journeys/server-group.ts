import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import type { Parts } from '../../apps/server/parts.ts';
import { Server } from '../../apps/server/server.ts';
import type { Outbound } from '../../libs/modules/delivery/send-attempts/ports.ts';
import { PARTITIONS, Share, type Ownerships } from '../../libs/platform/leases/index.ts';
import { MemoryLeases } from '../../libs/platform/leases/testing/memory-leases.ts';
import { createWebhook, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldOutbound } from './held-outbound.ts';

const SECOND = 1_000;
const logger = pino({ level: 'silent' });

export type Attempt = { readonly by: string; readonly id: string; readonly url: string; readonly at: number };

/** One of the servers. */
export class Member {
  url = '';
  /** Its timers stand still, as those of a process that is paused. */
  paused = false;
  readonly #ticks = new Set<() => void>();

  constructor(
    readonly name: string,
    private readonly group: ServerGroup,
  ) {}

  /** Its part of what the group shares. */
  readonly ownerships: Ownerships = (group, lastsMs) =>
    new Share({
      leases: this.group.leases,
      group,
      owner: this.name,
      lastsMs,
      logger,
      timer: {
        now: () => this.group.now,
        every: (_, tick) => {
          this.#ticks.add(tick);
          return () => void this.#ticks.delete(tick);
        },
      },
    });

  /** Its network: what it sends is known to be its own. */
  get outbound(): Outbound {
    return {
      post: (request) => {
        const { id } = JSON.parse(String(request.body)) as { id: string };
        this.group.attempts.push({ by: this.name, id, url: request.url, at: this.group.now });
        return this.group.outbound.post(request);
      },
    };
  }

  tick(): void {
    if (!this.paused) this.#ticks.forEach((tick) => tick());
  }
}

/** Several whole servers on the same stores, in one process. Leases, and what becomes due, go by a time that passes when it is told to. */
export class ServerGroup {
  now = 0;
  readonly leases = new MemoryLeases(() => this.now);
  readonly outbound = new HeldOutbound();
  /** Also tests. */
  readonly attempts: Attempt[] = [];
  readonly members: Member[] = [];
  installation!: Installation;
  readonly #servers = new Map<Member, Server>();

  /** With one server, and a workspace. */
  static async start(): Promise<ServerGroup> {
    const group = new ServerGroup();
    group.outbound.holds = false;
    const first = group.#member();
    const { outbound, ownerships } = first;
    group.installation = await Installation.start({ outbound, ownerships });
    first.url = group.installation.url;
    await group.balanced();
    await registerWorkspace(group.installation.api, 'workspace');
    return group;
  }

  get first(): Member {
    const [first] = this.members;
    if (!first) throw new Error('There is one.');
    return first;
  }

  serverOf(member: Member): Server {
    return this.#servers.get(member) ?? this.installation.server;
  }

  /** `changes` are to its parts. */
  async join(changes: Partial<Parts> = {}): Promise<Member> {
    const { parts } = this.installation;
    const member = this.#member();
    const { outbound, ownerships } = member;
    const server = await Server.create({ ...parts, outbound, ownerships, close: async () => {}, ...changes });
    this.#servers.set(member, server);
    member.url = (await server.listen()).replace('[::1]', '127.0.0.1');
    await server.work();
    return member;
  }

  async leave(member: Member): Promise<void> {
    const server = this.#servers.get(member);
    if (!server) throw new Error('The first one has the stores.');
    await server.stop();
    this.#servers.delete(member);
    this.members.splice(this.members.indexOf(member), 1);
  }

  webhook(url: string, delivery: object = {}): Promise<string> {
    return createWebhook(this.installation.api, 'workspace', url, { delivery });
  }

  /** Time passes for the leases, and for what becomes due. */
  async pass(seconds: number): Promise<void> {
    for (let n = 0; n < seconds; n++) {
      this.now += SECOND;
      this.installation.clock.advance(SECOND);
      for (const member of this.members) member.tick();
      await turns(10);
    }
  }

  /** Every partition is held, and each of those who take part has as many as the others. */
  async balanced(among: readonly Member[] = this.members): Promise<void> {
    for (;;) {
      const counts = await Promise.all(among.map((member) => this.partitionsOf(member)));
      const all = counts.reduce((a, b) => a + b, 0);
      if (all === PARTITIONS.length && Math.max(...counts) - Math.min(...counts) <= 1) return;
      await this.pass(1);
      await turns(10);
    }
  }

  async partitionsOf({ name }: Member): Promise<number> {
    const held = await this.leases.held('partitions/');
    return held.filter((lease) => !lease.name.includes('member/') && lease.owner.startsWith(`${name}/`)).length;
  }

  /** Resolves when the condition holds; time passes meanwhile, so that whoever has to take over does. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await this.pass(1);
      await turn();
    }
  }

  /** Nothing is left to do: what is not sent by now is not sent. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.attempts.length;) {
      before = this.attempts.length;
      // What one of them gave back is taken over as time passes, and waited for here.
      await this.pass(2);
      for (const { projections, sagas, sender, redeliveries } of this.members.map((each) => this.serverOf(each))) {
        await sagas.caughtUp();
        await projections.caughtUp();
        await sender.idle();
        await redeliveries.idle();
      }
    }
  }

  async dispose(): Promise<void> {
    this.outbound.letGo();
    for (const member of [...this.#servers.keys()]) await this.leave(member);
    await this.installation.dispose();
  }

  #member(): Member {
    const member = new Member(`process${this.members.length}-${this.attempts.length}`, this);
    this.members.push(member);
    return member;
  }
}
