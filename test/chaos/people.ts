import type { AxiosResponse } from 'axios';
import { WORKSPACE } from './publishers.ts';
import type { Random } from './random.ts';

/** Undefined if it was refused for a while, or not answered. */
export type Ask = (
  method: 'get' | 'post',
  path: string,
  body?: object,
  headers?: Record<string, string | null>,
) => Promise<AxiosResponse | undefined>;

/** Who is invited, and let into the console. */
export class People {
  readonly problems: string[] = [];
  readonly #ask: Ask;
  readonly #random: Random;

  constructor(ask: Ask, random: Random) {
    this.#ask = ask;
    this.#random = random;
  }

  /** Some of them several times, which is refused. */
  async invite(): Promise<void> {
    const email = `user${this.#random.integer(1, 200)}@people.example`;
    await this.#ask('post', '/users', { email, name: 'User', role: 'viewer', workspaceId: WORKSPACE });
  }

  /** With a link, whose session is there from then on, whatever becomes of the process. */
  async letIn(): Promise<void> {
    const link = await this.#ask('post', `/workspaces/${WORKSPACE}/console-links`, { role: 'viewer' });
    if (!link) return;
    const token = new URL((link.data as { url: string }).url).hash.slice(1);
    const opened = await this.#ask('post', '/session/link', { token }, { Authorization: null });
    const [cookie] = opened?.headers['set-cookie']?.[0]?.split(';') ?? [];
    if (cookie === undefined) return;
    const headers = { Authorization: null, Cookie: cookie };
    const seen = await this.#ask('get', '/session', undefined, headers);
    const linkId = (seen?.data as { link?: { id?: string } } | undefined)?.link?.id;
    if (seen && linkId !== (link.data as { id: string }).id) this.problems.push(`a session is that of ${linkId}`);
  }
}
