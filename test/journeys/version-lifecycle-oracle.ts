import { calendarUntil, monthsFrom, type Calendar } from './version-lifecycle-dates.ts';

export type Workspace = {
  readonly id: string;
  readonly parent: string;
  readonly admins: readonly string[];
  readonly level: 'none' | 'parent' | 'all';
};
export type Hook = {
  readonly name: string;
  readonly workspace: string;
  version: string;
  status: 'enabled' | 'disabled';
  disabledBy: string | null;
  /** The version it is for. */
  draft: string | null;
  /** Versions whose calendar makes no draft of it any more. */
  readonly undrafted: Set<string>;
};
type MailMilestone = 'announcement' | 'reminder';
export type Mail = {
  readonly to: string;
  readonly version: string;
  readonly milestone: MailMilestone;
  readonly expiresAt: number;
  readonly hooks: readonly string[];
  /** The nearest that contains everything it is about. */
  readonly workspace: string;
  readonly at: number;
};
export type PopUp = {
  readonly version: string;
  readonly expiresAt: number;
  readonly workspace: string;
  readonly user: string;
  readonly hooks: readonly string[];
};
type Version = { readonly name: string; readonly releasedAt: number; calendar: Calendar | null };
type Due = { readonly at: number; readonly version: string; readonly what: 'remind' | 'popup' | 'expire' | 'disable' };

/** What has to be seen of versions, webhooks, mails and pop-ups, worked out from what was done and the dates alone. */
export class Oracle {
  now = 0;
  readonly workspaces = new Map<string, Workspace>();
  readonly hooks = new Map<string, Hook>();
  /** The newest last. */
  readonly versions: Version[];
  readonly mails: Mail[] = [];
  /** `<instant> <what> <about>`, of all that came of itself. */
  readonly diary: string[] = [];
  popUps: PopUp[] = [];
  #due: Due[] = [];

  constructor(first: string, releasedAt: number) {
    this.versions = [{ name: first, releasedAt, calendar: null }];
  }

  get newest(): string {
    return this.versions.at(-1)?.name ?? '';
  }

  /** When something is to come of itself. */
  get nextDue(): number {
    return Math.min(...this.#due.map(({ at }) => at));
  }

  /** When something is to be done, beyond a version being called expired. */
  get nextMilestone(): number {
    return Math.min(...this.#due.filter(({ what }) => what !== 'expire').map(({ at }) => at));
  }

  release(name: string): void {
    const superseded = this.newest;
    this.versions.push({ name, releasedAt: this.now, calendar: null });
    this.#expire(superseded, monthsFrom(this.now, 6));
  }

  postpone(version: string, expiresAt: number): void {
    this.#due = this.#due.filter((due) => due.version !== version);
    this.#expire(version, expiresAt);
  }

  /** Time passes up to this instant. Whoever slept until then leaves out the mails that a later milestone has overtaken. */
  advance(to: number, slept = false): void {
    this.now = to;
    const come = this.#due.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at);
    this.#due = this.#due.filter(({ at }) => at > to);
    for (const { at, version, what } of come) {
      const overtaken = (by: readonly Due['what'][]) =>
        slept && come.some((due) => due.version === version && by.includes(due.what));
      const seenAt = slept ? to : at;
      if (what === 'remind') this.#remind(version, seenAt, overtaken(['popup', 'expire', 'disable']));
      if (what === 'popup') this.#popUp(version, seenAt, overtaken(['disable']));
      if (what === 'disable') this.#disable(version, seenAt);
    }
  }

  calendarOf(version: string): Calendar | null {
    return this.versions.find(({ name }) => name === version)?.calendar ?? null;
  }

  isExpired(version: string): boolean {
    const calendar = this.calendarOf(version);
    return calendar !== null && this.now >= calendar.expiresAt;
  }

  /** Those that still say something. */
  get pendingPopUps(): PopUp[] {
    return this.popUps.filter(({ version, expiresAt }) => {
      const calendar = this.calendarOf(version);
      return calendar?.expiresAt === expiresAt && this.now < calendar.disableAt;
    });
  }

  on(version: string): Hook[] {
    return [...this.hooks.values()].filter((hook) => hook.version === version);
  }

  /** The workspace itself first. */
  pathOf(workspace: string): string[] {
    const parent = this.#workspace(workspace).parent;
    return [workspace, ...(parent === '' ? [] : this.pathOf(parent))];
  }

  #expire(version: string, expiresAt: number): void {
    const calendar = calendarUntil(expiresAt);
    const of = this.versions.find(({ name }) => name === version);
    if (!of) throw new Error(`There is no version ${version}.`);
    of.calendar = calendar;
    this.#note(this.now, 'milestone-reached', `${version} announcement`);
    this.#mail(version, 'announcement', this.now);
    // What lies behind a postponed date's announcement comes with it, and that was the mail about it.
    if (calendar.remindAt <= this.now) this.#remind(version, this.now, true);
    else this.#due.push({ at: calendar.remindAt, version, what: 'remind' });
    this.#due.push({ at: calendar.popupAt, version, what: 'popup' });
    this.#due.push({ at: calendar.expiresAt, version, what: 'expire' });
    this.#due.push({ at: calendar.disableAt, version, what: 'disable' });
  }

  #remind(version: string, at: number, overtaken: boolean): void {
    this.#note(at, 'milestone-reached', `${version} reminder`);
    if (!overtaken) this.#mail(version, 'reminder', at);
    for (const hook of this.on(version)) {
      if (hook.draft === this.newest || hook.undrafted.has(version)) continue;
      hook.draft = this.newest;
      this.#note(at, 'draft-created', hook.name);
    }
  }

  #popUp(version: string, at: number, overtaken: boolean): void {
    this.#note(at, 'milestone-reached', `${version} popup`);
    const expiresAt = this.calendarOf(version)?.expiresAt ?? 0;
    for (const { id: workspace, admins } of overtaken ? [] : this.workspaces.values()) {
      const hooks = namesOf(this.on(version).filter((hook) => hook.workspace === workspace));
      for (const user of hooks.length > 0 ? admins.map((address) => address.toLowerCase()) : []) {
        this.popUps.push({ version, expiresAt, workspace, user, hooks });
        this.#note(at, 'notification-due', `${workspace} ${user}`);
      }
    }
  }

  #disable(version: string, at: number): void {
    this.#note(at, 'version-expired', version);
    for (const hook of this.on(version)) {
      Object.assign(hook, { status: 'disabled', disabledBy: 'expired' });
      this.#note(at, 'webhook-disabled', hook.name);
    }
  }

  #note(at: number, what: string, about: string): void {
    this.diary.push(`${new Date(at).toISOString()} ${what} ${about}`);
  }

  #mail(version: string, milestone: MailMilestone, at: number): void {
    const byAddress = new Map<string, { hooks: Hook[]; places: string[] }>();
    for (const hook of this.on(version)) {
      for (const place of this.#told(hook.workspace)) {
        for (const address of this.#workspace(place).admins) {
          const to = address.toLowerCase();
          const known = byAddress.get(to) ?? { hooks: [], places: [] };
          if (!known.hooks.includes(hook)) known.hooks.push(hook);
          known.places.push(place, hook.workspace);
          byAddress.set(to, known);
        }
      }
    }
    const expiresAt = this.calendarOf(version)?.expiresAt ?? 0;
    for (const [to, { hooks, places }] of byAddress)
      this.mails.push({ to, version, milestone, expiresAt, hooks: namesOf(hooks), workspace: this.#above(places), at });
  }

  /** The workspaces whose admins hear of a webhook there. */
  #told(workspace: string): string[] {
    const { level, parent } = this.#workspace(workspace);
    if (level === 'none') return [];
    return [...(level === 'all' ? [workspace] : []), ...(parent === '' ? [] : [parent])];
  }

  #above(places: readonly string[]): string {
    const [first = '', ...others] = places;
    return this.pathOf(first).find((place) => others.every((other) => this.pathOf(other).includes(place))) ?? '';
  }

  #workspace(id: string): Workspace {
    const found = this.workspaces.get(id);
    if (!found) throw new Error(`There is no workspace ${id}.`);
    return found;
  }
}

const namesOf = (hooks: readonly Hook[]): string[] => hooks.map(({ name }) => name).sort();
