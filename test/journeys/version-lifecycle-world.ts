import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmtpCatcher } from '../../libs/platform/mail/testing/smtp-catcher.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { ManualServer } from '../support/manual-server.ts';
import { Receiver } from '../support/receiver.ts';
import { Oracle } from './version-lifecycle-oracle.ts';
import { TRIGGERS } from './version-lifecycle-shapes.ts';
import { FIRST_HOOKS, FIRST_WORKSPACES, REFUSED, ROOT, type NewWorkspace } from './version-lifecycle-tree.ts';

/** No webhook exists before. A year far ahead of the machine's clock, since no clock goes back. */
export const START = Date.parse('2047-08-29T10:30:00Z');

/** A server with a tree of workspaces and their webhooks, the mail server and the receiver it sends to, and what has to come of it. */
export class World {
  readonly oracle = new Oracle(FIRST_VERSION, START);
  /** Of webhooks, by name. */
  readonly ids = new Map<string, string>();
  /** `<webhook> <event> <version>`, of all alerts that are owed. */
  readonly owed: string[] = [];
  /** How many mails have been looked at. */
  seen = 0;

  private constructor(
    readonly folder: string,
    readonly server: ManualServer,
    readonly mails: SmtpCatcher,
    readonly receiver: Receiver,
  ) {}

  static async start(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    const [mails, receiver] = [await SmtpCatcher.start(), await Receiver.start()];
    mails.answer(REFUSED, 550, 'No such user');
    const world = new World(folder, new ManualServer(folder, { SMTP_URL: mails.url }), mails, receiver);
    try {
      await world.#begin();
      return world;
    } catch (error) {
      await world.dispose();
      throw error;
    }
  }

  /** Time passes, for the server and for the oracle. */
  async goTo(instant: number): Promise<void> {
    await this.server.moveTo(instant);
    this.oracle.advance(instant);
  }

  /** The process is gone for a while, and the clock, which is kept in its folder, is at this instant when it comes back. */
  async sleepUntil(instant: number): Promise<void> {
    await this.server.end('SIGTERM');
    await writeFile(join(this.folder, 'clock'), new Date(instant).toISOString());
    await this.server.start();
    this.oracle.advance(instant, true);
    // The answer tells that what came due meanwhile is done.
    await this.goTo(instant + 1);
  }

  async restart(): Promise<void> {
    await this.server.end('SIGTERM');
    await this.server.start();
  }

  async addWorkspace({ type, ...workspace }: NewWorkspace): Promise<void> {
    const { id, parent, admins, level } = workspace;
    const settings = { type, companyName: id, adminEmails: admins.join(), notificationLevel: level };
    if (id === ROOT) await this.server.ask('PUT', `/workspaces/${id}`, { body: settings });
    else await this.server.ask('POST', '/workspaces', { body: { id, parentWorkspaceId: parent, ...settings } });
    this.oracle.workspaces.set(id, workspace);
  }

  /** On the newest version, unless another one is named. */
  async addHook(name: string, workspace: string, version?: string): Promise<void> {
    const body = {
      name,
      url: `${this.receiver.url}/${name}`,
      secret: 'supersecuresecret',
      applyToAllDescendants: true,
      triggers: TRIGGERS,
      status: 'enabled',
      ...(version === undefined ? {} : { version }),
    };
    const { id } = await this.server.ask<{ id: string }>('POST', '/settings/webhooks', { body, workspace });
    this.ids.set(name, id);
    this.oracle.hooks.set(name, {
      name,
      workspace,
      version: version ?? this.oracle.newest,
      status: 'enabled',
      disabledBy: null,
      draft: null,
      undrafted: new Set(),
    });
  }

  /** A request about one webhook. */
  async ask<T>(method: string, name: string, { path = '', ...request }: HookRequest = {}): Promise<T> {
    const workspace = this.oracle.hooks.get(name)?.workspace ?? '';
    return this.server.ask(method, `/settings/webhooks/${this.ids.get(name)}${path}`, { workspace, ...request });
  }

  async dispose(): Promise<void> {
    await this.server.dispose();
    await this.mails.stop();
    await this.receiver.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    await this.server.start();
    await this.goTo(START);
    for (const workspace of FIRST_WORKSPACES) await this.addWorkspace(workspace);
    for (const [name, workspace] of FIRST_HOOKS) await this.addHook(name, workspace);
  }
}

type HookRequest = { readonly path?: string; readonly body?: object; readonly status?: number };
