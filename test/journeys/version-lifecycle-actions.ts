import { expect } from '@jest/globals';
import { unique } from '../support/api.ts';
import type { Hook } from './version-lifecycle-oracle.ts';
import { exampleIn, fits, TRIGGERS, type Release, type Trigger } from './version-lifecycle-shapes.ts';
import type { World } from './version-lifecycle-world.ts';

/** Where events happen. */
const PLACES = ['north-all', 'north-parent', 'south-child'];

const iso = (instant: number): string => new Date(instant).toISOString();

/** What operators, admins and publishers do; the oracle is told. */
export class Actions {
  constructor(private readonly world: World) {}

  async release(release: Release): Promise<void> {
    const { oracle, server } = this.world;
    const superseded = oracle.newest;
    const answer = await server.ask('POST', '/versions', { body: release, status: 201 });
    oracle.release(release.name);
    const { remindAt = 0, popupAt = 0, expiresAt = 0, disableAt = 0 } = oracle.calendarOf(superseded) ?? {};
    const [announceAt, releasedAt] = [iso(oracle.now), iso(oracle.now)];
    const calendar = { remindAt: iso(remindAt), popupAt: iso(popupAt), expiresAt: iso(expiresAt) };
    const supersedes = { name: superseded, announceAt, ...calendar, disableAt: iso(disableAt) };
    expect(answer).toMatchObject({ name: release.name, releasedAt, supersedes });
  }

  async postpone(version: string, expiresAt: number): Promise<void> {
    const body = { expiresAt: iso(expiresAt) };
    await this.world.server.ask('POST', `/versions/${version}/postpone`, { body });
    this.world.oracle.postpone(version, expiresAt);
  }

  /** What was answered is sent back with another version; of a webhook without a draft. */
  async move(name: string, version: string): Promise<void> {
    const webhook = await this.world.ask<object>('GET', name);
    await this.world.ask('PUT', name, { body: { ...webhook, version } });
    const hook = this.#hook(name);
    hook.version = version;
  }

  async publishDraft(name: string): Promise<void> {
    const hook = this.#hook(name);
    const answer = await this.world.ask('POST', name, { path: '/draft/publish' });
    expect(answer).toMatchObject({ id: this.world.ids.get(name), name, version: hook.draft, hasDraft: false });
    hook.version = hook.draft ?? '';
    hook.draft = null;
  }

  async discardDraft(name: string): Promise<void> {
    const hook = this.#hook(name);
    await this.world.ask('DELETE', name, { path: '/draft' });
    hook.undrafted.add(hook.version);
    hook.draft = null;
  }

  async makeDraft(name: string, body: object = {}): Promise<void> {
    await this.world.ask('PUT', name, { path: '/draft', body });
    this.#hook(name).draft ??= this.world.oracle.newest;
  }

  async remove(name: string): Promise<void> {
    await this.world.ask('DELETE', name);
    this.world.oracle.hooks.delete(name);
  }

  async disable(name: string): Promise<void> {
    await this.world.ask('POST', name, { path: '/disable' });
    Object.assign(this.#hook(name), { status: 'disabled', disabledBy: 'admin' });
  }

  async enable(name: string): Promise<void> {
    await this.world.ask('POST', name, { path: '/enable' });
    Object.assign(this.#hook(name), { status: 'enabled', disabledBy: null });
  }

  async acknowledge(user: string): Promise<void> {
    const { oracle, server } = this.world;
    for (const { id, user: of } of await server.all<{ id: string; user: string }>('/notifications'))
      if (of.toLowerCase() === user) await server.ask('POST', `/notifications/${id}/acknowledge`);
    oracle.popUps = oracle.popUps.filter((popUp) => popUp.user !== user);
  }

  /**
   * An event of each trigger in the shape of a version, where most webhooks hear of it. What fits neither the newest shape nor, while
   * that lives, the one before, is told that it is invalid.
   */
  async publish(version: string): Promise<void> {
    const events = PLACES.flatMap((workspaceId) =>
      TRIGGERS.map((type) => ({ id: unique('event'), type, workspaceId, data: exampleIn(version, type) })),
    );
    const { items } = await this.world.server.ask<Published>('POST', '/events', { body: events });
    const fitted = events.map(({ type, data }) => this.#accepted(type).find((name) => fits(name, type, data)));
    const statuses = fitted.map((name) => (name === undefined ? 'invalid' : 'accepted'));
    expect({ version, statuses: items.map(({ status }) => status) }).toEqual({ version, statuses });
    events.forEach((event, n) => this.#owe(event, fitted[n]));
  }

  /** The newest version, and the newest before it in which the trigger has another shape, if that is live. */
  #accepted(trigger: Trigger): string[] {
    const { oracle } = this.world;
    const [newest = '', ...older] = oracle.versions.map(({ name }) => name).reverse();
    const other = older.find((name) => exampleIn(name, trigger) !== exampleIn(newest, trigger));
    return other === undefined || oracle.isExpired(other) ? [newest] : [newest, other];
  }

  #owe({ id, workspaceId }: { id: string; workspaceId: string }, fitted: string | undefined): void {
    if (fitted === undefined) return;
    const { oracle, owed } = this.world;
    const order = oracle.versions.map(({ name }) => name);
    const path = oracle.pathOf(workspaceId);
    for (const { name, status, workspace, version } of oracle.hooks.values()) {
      if (status === 'disabled' || !path.includes(workspace)) continue;
      owed.push(`${name} ${id} ${order[Math.min(order.indexOf(fitted), order.indexOf(version))]}`);
    }
  }

  /** The draft beside the webhook, which has not changed; and a test alert of it. */
  async tryDraft(name: string): Promise<void> {
    const { receiver } = this.world;
    const { version, draft: target } = this.#hook(name);
    const draft = await this.world.ask('GET', name, { path: '/draft' });
    const users = {
      trigger: TRIGGERS[0],
      live: exampleIn(version, TRIGGERS[0]),
      draft: exampleIn(target ?? '', TRIGGERS[0]),
    };
    expect(draft).toMatchObject({ version: target, of: version, by: 'calendar', changes: {}, webhook: { name } });
    expect(draft).toMatchObject({ differences: [{ field: 'version', live: version, draft: target }] });
    expect(draft).toHaveProperty('examples', expect.arrayContaining([users]));
    const tests = () => receiver.alerts.filter(({ path, body }) => path === `/${name}` && body.type === 'test');
    const before = tests().length;
    await this.world.ask('POST', name, { path: '/draft/test', status: 202 });
    await receiver.until(() => tests().length > before);
    expect(tests().at(-1)?.headers['x-coro-hook-version']).toBe(target);
  }

  /** What has to be refused. */
  async refused(status: number, method: string, name: string, path: string, body?: object): Promise<void> {
    const problem = await this.world.ask(method, name, { path, body, status });
    expect(problem).toMatchObject({ status, title: expect.any(String), traceId: expect.any(String) });
  }

  #hook(name: string): Hook {
    const hook = this.world.oracle.hooks.get(name);
    if (!hook) throw new Error(`There is no webhook ${name}.`);
    return hook;
  }
}

type Published = { readonly items: readonly { readonly id: string; readonly status: string }[] };
