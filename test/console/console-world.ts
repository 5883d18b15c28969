import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxiosInstance } from 'axios';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { registerWorkspace, unique } from '../support/api.ts';
import { ADMIN, CLIENT, Installation, type Options } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';
import { TestBrowser, type Look, type Watched } from './browser.ts';
import { ready, signIn, type Credentials } from './steps.ts';

export { ADMIN };
export { choose, live, ready, signIn, webhookRow, type Credentials } from './steps.ts';

export const PASSWORD = 'correct horse battery';

export type Role = 'viewer' | 'webhook-admin' | 'owner';
export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string };

/** An installation with a console, a receiver, and browsers to look at it with. */
export class ConsoleWorld {
  readonly #watched: Watched[] = [];

  private constructor(
    readonly installation: Installation,
    readonly receiver: Receiver,
    readonly browser: TestBrowser,
  ) {}

  static async start(options: Options = {}): Promise<ConsoleWorld> {
    const browser = await TestBrowser.launch();
    const installation = await Installation.start(options);
    const receiver = await Receiver.start();
    await registerWorkspace(installation.api, 'acme');
    return new ConsoleWorld(installation, receiver, browser);
  }

  get api(): AxiosInstance {
    return this.installation.api;
  }

  /** What went wrong in any page so far; see `Watched`. */
  problems(): string[] {
    return this.#watched.flatMap(({ problems }) => problems);
  }

  /** A visitor at a path of the console. The page's clock stands where the installation's does. */
  async visit(path: string, look: Look = {}): Promise<Page> {
    const watched = await this.browser.open(this.installation.url, { now: this.installation.clock.now(), ...look });
    this.#watched.push(watched);
    await watched.page.goto(`${this.installation.url}/console${path}`);
    return watched.page;
  }

  /** Another tab of the same browser, with the same cookies. */
  async tab(page: Page, path: string): Promise<Page> {
    const watched = await this.browser.tab(page, this.installation.url);
    this.#watched.push(watched);
    await watched.page.clock.setFixedTime(this.installation.clock.now());
    await watched.page.goto(`${this.installation.url}/console${path}`);
    await ready(watched.page);
    return watched.page;
  }

  /** Somebody who has signed in, at a path. */
  async signedIn(who: Credentials, path = '/', look: Look = {}): Promise<Page> {
    const page = await this.visit('/sign-in', look);
    await signIn(page, who);
    if (path !== '/') await this.go(page, path);
    await ready(page);
    return page;
  }

  /** The page is loaded anew there, and has what it needs. */
  async go(page: Page, path: string): Promise<void> {
    await page.goto(`${this.installation.url}/console${path}`);
    await ready(page);
  }

  /** Time passes, for the installation and for all pages; what comes due on the way is done. Tokens end with the day, so there is a new one. */
  async pass(milliseconds: number): Promise<void> {
    const { installation } = this;
    await installation.pass(milliseconds);
    const open = this.#watched.filter(({ page }) => !page.isClosed());
    await Promise.all(open.map(({ page }) => page.clock.setFixedTime(installation.clock.now())));
    installation.api = await installation.as(CLIENT.id, CLIENT.secret);
  }

  /** A user with a password, by way of the invitation that is mailed to them. */
  async user(role: Role, workspaceId = 'acme', name = `The ${role}`): Promise<Credentials> {
    const email = `${unique(role)}@customer.example`;
    const body = { email, name, role, workspaceId };
    const { status, data } = await this.api.post<unknown>('/users', body);
    if (status !== 201) throw new Error(`POST /users answered ${status}: ${JSON.stringify(data)}`);
    const token = await this.tokenMailedTo(email);
    const redeemed = await this.installation.anonymous().post('/password-links/redeem', { token, password: PASSWORD });
    if (redeemed.status !== 200) throw new Error(`The invitation answered ${redeemed.status}`);
    return { email, password: PASSWORD };
  }

  /** Of the newest mail to this address. */
  async tokenMailedTo(email: string): Promise<string> {
    const mail = (await this.mails()).filter(({ to }) => to === email).at(-1);
    const token = /\/console\/password#(\S+)/.exec(mail?.text ?? '')?.[1];
    if (token === undefined) throw new Error(`No mail with a link went to ${email}`);
    return token;
  }

  /** The oldest first. */
  async mails(): Promise<Mail[]> {
    await this.installation.settled();
    const folder = join(this.installation.folder, 'mail');
    const names = await readdir(folder).catch(() => []);
    const read = async (name: string) => {
      const file = join(folder, name);
      const [{ mtimeMs }, raw] = [await stat(file), await readFile(file)];
      return { mtimeMs, ...(await PostalMime.parse(raw)) };
    };
    return (await Promise.all(names.map(read)))
      .sort((a, b) => a.mtimeMs - b.mtimeMs)
      .map(({ to, subject, text, html }) => ({
        to: to?.[0]?.address ?? '',
        subject: subject ?? '',
        text: text ?? '',
        html: html ?? '',
      }));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.receiver.stop();
    await this.installation.dispose();
  }
}
