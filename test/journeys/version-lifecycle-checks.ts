import { expect } from '@jest/globals';
import { isoDate, type Calendar } from './version-lifecycle-dates.ts';
import { readable, received, sorted, type Received } from './version-lifecycle-mails.ts';
import type { Hook, Mail, Oracle } from './version-lifecycle-oracle.ts';
import { fits } from './version-lifecycle-shapes.ts';
import { REFUSED } from './version-lifecycle-tree.ts';
import type { World } from './version-lifecycle-world.ts';

type WebhookView = {
  name: string;
  version: string;
  expiresAt: number | null;
  expiring: boolean;
  status: string;
  disabledBy: string | null;
  hasDraft: boolean;
};
type NoticeView = {
  messageId: string;
  workspaceId: string;
  version: string;
  milestone: string;
  address: string;
  expiresAt: string;
  status: string;
  webhooks: { name: string }[];
};
type NotificationView = {
  id: string;
  workspaceId: string;
  version: string;
  expiresAt: string;
  user: string;
  webhooks: { name: string }[];
};
type VersionView = { name: string; status: string; releasedAt: string; expiresAt: string | null; webhooks: number };

type Looking = { readonly late?: readonly string[]; readonly repeats?: number };

const iso = (instant: number): string => new Date(instant).toISOString();

/** Holds everything that can be seen against the oracle. What is compared carries the day, so that a difference tells when. */
export class Checks {
  /** What was read, by Message-ID. */
  readonly #read = new Map<string, Received>();
  /** How many mails of the oracle are accounted for. */
  #accounted = 0;
  /** Those that are still to come. */
  #late: readonly Mail[] = [];

  constructor(private readonly world: World) {}

  get #oracle(): Oracle {
    return this.world.oracle;
  }

  /**
   * What came since the last look: the mails that are owed and no others. `late`: addresses that get theirs before the next look.
   * `repeats`: how many may have come twice, as they were.
   */
  mails({ late = [], repeats = 0 }: Looking = {}): void {
    const { mails, seen } = this.world;
    const came = mails.caught.slice(seen).map(received);
    this.world.seen = mails.caught.length;
    const owed = this.#oracle.mails.slice(this.#accounted).filter(({ to }) => to !== REFUSED);
    this.#accounted = this.#oracle.mails.length;
    const expected = [...this.#late, ...owed.filter(({ to }) => !late.includes(to))];
    this.#late = owed.filter(({ to }) => late.includes(to));
    const fresh = came.filter((mail) => {
      const before = this.#read.get(mail.messageId);
      this.#read.set(mail.messageId, mail);
      if (before) expect(mail).toEqual(before);
      return !before;
    });
    this.#same(
      { mails: sorted(fresh.map(({ messageId: _, ...mail }) => mail)) },
      { mails: sorted(expected.map(readable)) },
    );
    expect(came.length - fresh.length).toBeLessThanOrEqual(repeats);
  }

  /** Those that are owed and no others, each in the shape of the version that it says it is in. */
  alerts(): void {
    const came = this.world.receiver.events.map(({ path, headers, body }) => {
      const version = String(headers['x-coro-hook-version']);
      const shape = fits(version, body.type, body.data) ? '' : ', which it does not fit';
      return `${path.slice(1)} ${body.id} ${version}${shape}`;
    });
    this.#same({ alerts: came.sort() }, { alerts: [...this.world.owed].sort() });
  }

  async everything(looking: Looking = {}): Promise<void> {
    this.mails(looking);
    this.alerts();
    await this.webhooks();
    await this.versions();
    await this.notices();
    await this.popUps();
  }

  async webhooks(): Promise<void> {
    const { server } = this.world;
    const seen: object[] = [];
    for (const workspace of this.#oracle.workspaces.keys())
      for (const webhook of await server.all<WebhookView>('/settings/webhooks', workspace)) {
        const { name, version, expiresAt, expiring, status, disabledBy, hasDraft } = webhook;
        seen.push({ name, workspace, version, expiresAt, expiring, status, disabledBy, hasDraft });
      }
    const expected = [...this.#oracle.hooks.values()].map((hook) => this.#viewOf(hook));
    this.#same({ webhooks: byName(seen) }, { webhooks: byName(expected) });
  }

  async versions(): Promise<void> {
    const seen = await this.world.server.all<VersionView>('/versions');
    const expected = this.#oracle.versions.map(({ name, releasedAt, calendar }, n) => ({
      name,
      status: calendar === null ? 'current' : this.#oracle.isExpired(name) ? 'expired' : 'deprecated',
      releasedAt: n === 0 ? expect.any(String) : iso(releasedAt),
      expiresAt: calendar === null ? null : iso(calendar.expiresAt),
      webhooks: this.#oracle.on(name).length,
    }));
    this.#same({ versions: seen.map(only(expected[0] ?? {})) }, { versions: expected.reverse() });
  }

  async notices(): Promise<void> {
    const notices = await this.world.server.all<NoticeView>('/notices');
    const seen = notices.map(({ workspaceId, version, milestone, address, expiresAt, status, webhooks }) => ({
      text: [address.toLowerCase(), milestone, version, expiresAt, workspaceId, status].join(' '),
      webhooks: webhooks.map(({ name }) => name).sort(),
    }));
    const pending = this.#late.map(({ to }) => to);
    const expected = this.#oracle.mails.map((mail, n) => {
      const isPending = pending.includes(mail.to) && n >= this.#oracle.mails.indexOf(this.#late[0] ?? mail);
      const status = mail.to === REFUSED ? 'refused' : isPending ? 'pending' : 'sent';
      const { to, milestone, version, expiresAt, workspace, hooks } = mail;
      return { text: [to, milestone, version, iso(expiresAt), workspace, status].join(' '), webhooks: hooks };
    });
    this.#same({ notices: byText(seen) }, { notices: byText(expected) });
    const sent = notices.filter(({ status }) => status === 'sent').map(({ messageId }) => `<${messageId}>`);
    expect(sent.sort()).toEqual([...this.#read.keys()].sort());
  }

  async popUps(): Promise<void> {
    const seen = (await this.world.server.all<NotificationView>('/notifications')).map(
      ({ workspaceId, version, expiresAt, user, webhooks }) => ({
        text: [workspaceId, version, expiresAt, user.toLowerCase()].join(' '),
        webhooks: webhooks.map(({ name }) => name).sort(),
      }),
    );
    const expected = this.#oracle.pendingPopUps.map(({ workspace, version, expiresAt, user, hooks }) => ({
      text: [workspace, version, iso(expiresAt), user].join(' '),
      webhooks: hooks,
    }));
    this.#same({ popUps: byText(seen) }, { popUps: byText(expected) });
  }

  #viewOf({ name, workspace, version, status, disabledBy, draft }: Hook) {
    const calendar: Calendar | null = this.#oracle.calendarOf(version);
    return {
      name,
      workspace,
      version,
      expiresAt: calendar?.expiresAt ?? null,
      expiring: calendar !== null && calendar.popupAt <= this.#oracle.now && this.#oracle.now < calendar.disableAt,
      status,
      disabledBy,
      hasDraft: draft !== null,
    };
  }

  #same(seen: object, expected: object): void {
    const day = isoDate(this.#oracle.now);
    expect({ day, ...seen }).toEqual({ day, ...expected });
  }
}

const byName = <T extends object>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const byText = <T extends { readonly text: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.text < b.text ? -1 : 1));

/** The fields that the other has. */
const only =
  (of: object) =>
  (item: object): object =>
    Object.fromEntries(Object.entries(item).filter(([key]) => key in of));
