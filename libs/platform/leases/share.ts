import type { Logger } from '../runtime/index.ts';
import { balance } from './balance.ts';
import { HeldNames } from './held-names.ts';
import { machineTimer, type MachineTimer } from './machine-timer.ts';
import type { Handlers, Ownership } from './ownership.ts';
import type { Leases } from './port.ts';

/** Of a lease, so that it outlives several renewals that fail; and not so often that an idle store would have much to do. */
const RENEWALS = 8;
const MOST_OFTEN_MS = 1_000;

export type ShareOptions = {
  readonly leases: Leases;
  /** Shares of one group are of the same names; what they lease is named `<group>/<name>` and `<group>/member/<owner>`. */
  readonly group: string;
  /** This life of this process. Each start leases as `<owner>/<n>`, since a release by the one before may be late. */
  readonly owner: string;
  /** How long the names of a process that died stay idle. */
  readonly lastsMs: number;
  readonly logger: Logger;
  /** Whether this process can do the work now. While it cannot, it renews nothing: others take it over. */
  readonly canWork?: () => boolean;
  readonly timer?: MachineTimer;
};

/**
 * One process's part of names that several share. Several times a lease it renews what it holds, looks who else is there, takes what is free
 * up to its share, and gives back what is beyond it. While the store cannot be reached it goes on trying.
 */
export class Share implements Ownership {
  readonly shared = true;
  readonly #timer: MachineTimer;
  readonly #held: HeldNames;
  readonly #givingBack = new Map<readonly string[], Promise<void>>();
  #owner = '';
  #starts = 0;
  #names: readonly string[] = [];
  #handlers: Handlers | undefined;
  #turning: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #failing = false;
  #cancel = () => {};

  constructor(private readonly options: ShareOptions) {
    this.#timer = options.timer ?? machineTimer;
    this.#held = new HeldNames(this.#timer, options.lastsMs);
  }

  start(names: readonly string[], handlers: Handlers): void {
    if (this.#handlers) throw new Error('Started already.');
    this.#owner = `${this.options.owner}/${++this.#starts}`;
    this.#names = names;
    this.#handlers = handlers;
    this.#cancel = this.#timer.every(Math.max(MOST_OFTEN_MS, this.options.lastsMs / RENEWALS), () => this.#tick());
    this.#tick();
  }

  async stop(): Promise<void> {
    if (this.#handlers) await (this.#stopping ??= this.#stop());
  }

  holds(name: string): boolean {
    return this.#held.isKept(name);
  }

  isSafeFor(name: string, forMs: number): boolean {
    return this.#held.isSafeFor(name, forMs);
  }

  #tick(): void {
    this.#lose(this.#held.dropRunOut());
    this.#turning ??= this.#turn().finally(() => (this.#turning = undefined));
  }

  async #turn(): Promise<void> {
    if (this.options.canWork?.() === false) return;
    try {
      await this.#renew();
      await this.#balance();
      if (this.#failing) this.options.logger.info({ group: this.options.group }, 'leases can be renewed again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.options.logger.warn({ err: error, group: this.options.group }, 'leases not renewed');
      this.#failing = true;
    }
  }

  async #renew(): Promise<void> {
    const { leases, lastsMs } = this.options;
    const asked = this.#held.renewable();
    const until = this.#held.untilFromNow();
    const renewed = new Set(await leases.renew(this.#owner, this.#leased([this.#member, ...asked]), lastsMs));
    const isRenewed = (name: string) => renewed.has(this.#leaseOf(name));
    this.#lose(this.#held.renew(asked, until, isRenewed));
    if (!isRenewed(this.#member)) await leases.take(this.#owner, this.#leased([this.#member]), lastsMs);
  }

  async #balance(): Promise<void> {
    const prefix = this.#leaseOf('');
    const leases = (await this.options.leases.held(prefix)).map(({ name, owner }) => ({
      name: name.slice(prefix.length),
      owner,
    }));
    if (this.#stopping) return;
    const moves = balance({
      owner: this.#owner,
      names: this.#names,
      members: leases.filter(({ name, owner }) => name === `member/${owner}`).map(({ owner }) => owner),
      leases,
      kept: this.#held.kept(),
      barred: new Set([...this.#held.names(), ...[...this.#givingBack.keys()].flat()]),
    });
    if (moves.giveBack.length > 0) this.#startGivingBack(moves.giveBack);
    if (moves.take.length > 0) await this.#take(moves.take);
  }

  async #take(names: readonly string[]): Promise<void> {
    const { leases, lastsMs } = this.options;
    const until = this.#held.untilFromNow();
    const taken = new Set(await leases.take(this.#owner, this.#leased(names), lastsMs));
    // What comes too late to be of use runs out, or is taken again.
    if (this.#stopping || this.#timer.now() >= until) return;
    const gained = names.filter((name) => taken.has(this.#leaseOf(name)));
    if (gained.length === 0) return;
    this.#held.add(gained, until);
    this.#handlers?.gained(gained);
  }

  #lose(names: readonly string[]): void {
    if (names.length === 0) return;
    this.options.logger.warn({ group: this.options.group, names }, 'leases ran out');
    this.#handlers?.lost(names);
  }

  #startGivingBack(names: readonly string[]): void {
    this.#held.become('leaving', names);
    const done = this.#giveBack(names).finally(() => this.#givingBack.delete(names));
    this.#givingBack.set(names, done);
  }

  async #giveBack(names: readonly string[]): Promise<void> {
    const { leases, group, logger } = this.options;
    try {
      await this.#handlers?.giveBack(names);
    } catch (error) {
      logger.error({ err: error, group }, 'not given back: left to run out');
      this.#held.become('abandoned', names);
      return;
    }
    const releasing = this.#held.become('released', names);
    try {
      await leases.release(this.#owner, this.#leased(releasing));
      this.#held.drop(releasing);
    } catch (error) {
      // It may still be carried out, which must not end what is taken anew meanwhile.
      this.#held.bar(releasing);
      logger.warn({ err: error, group }, 'leases not released: left to run out');
    }
  }

  async #stop(): Promise<void> {
    const { leases, group, logger } = this.options;
    const kept = this.#held.kept();
    if (kept.length > 0) this.#startGivingBack(kept);
    while (this.#givingBack.size > 0) await Promise.all(this.#givingBack.values());
    this.#cancel();
    await this.#turning;
    const abandoned = new Set(this.#held.abandoned());
    const names = this.#names.filter((name) => !abandoned.has(name));
    try {
      await leases.release(this.#owner, this.#leased([this.#member, ...names]));
    } catch (error) {
      logger.warn({ err: error, group }, 'leases not released: left to run out');
    }
    this.#held.drop(this.#held.names());
    this.#handlers = undefined;
    this.#stopping = undefined;
  }

  get #member(): string {
    return `member/${this.#owner}`;
  }

  #leased(names: readonly string[]): string[] {
    return names.map((name) => this.#leaseOf(name));
  }

  #leaseOf(name: string): string {
    return `${this.options.group}/${name}`;
  }
}
