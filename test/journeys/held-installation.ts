import { expect } from '@jest/globals';
import type { OutboundAnswer } from '../../libs/platform/outbound-http/index.ts';
import { createWebhook, events, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { HeldOutbound } from './held-outbound.ts';

export const MINUTE = 60_000;
export const URL = 'http://127.0.0.1:9/hook';
export const OTHER = 'http://127.0.0.1:10/other';
export const headers = { Workspace: 'workspace' };

/** An installation with one workspace, whose network is held. */
export class HeldInstallation {
  readonly outbound = new HeldOutbound();
  installation!: Installation;

  static async start(env: Record<string, string>): Promise<HeldInstallation> {
    const held = new HeldInstallation();
    held.installation = await Installation.start({ outbound: held.outbound, env });
    await registerWorkspace(held.installation.api, 'workspace');
    return held;
  }

  async dispose(): Promise<void> {
    this.outbound.letGo();
    await this.installation.dispose();
  }

  /** Enabled, and its test is over. */
  async webhook(delivery: object = {}, url = URL): Promise<string> {
    const id = await createWebhook(this.installation.api, 'workspace', url, { delivery });
    await this.installation.settled();
    return id;
  }

  async change(id: string, delivery: object, url = URL): Promise<void> {
    const body = webhookBody(url, { delivery });
    const { status } = await this.installation.api.put(`/settings/webhooks/${id}`, body, { headers });
    expect(status).toBe(200);
    await this.installation.quiet();
  }

  /** Answers them one by one; each is recorded, and what begins in its place has begun, when the next is answered. */
  async answer(count: number, given: number | OutboundAnswer = 200): Promise<void> {
    for (let n = 0; n < count; n++) {
      const [first] = this.outbound.inFlight;
      if (!first) throw new Error('Nothing is in flight.');
      first.answer(given);
      await this.installation.quiet();
    }
  }

  /** Works up the window of a webhook to its concurrency. */
  async warmUp(successes: number): Promise<void> {
    this.outbound.letGo();
    await publish(this.installation.api, ...events(successes));
    await this.installation.settled();
    this.outbound.holds = true;
  }

  /** How many deliveries of a webhook there are in each status, of the newest 200. */
  async statuses(webhookId: string): Promise<Record<string, number>> {
    const { data } = await this.installation.api.get(`/deliveries?webhook=${webhookId}&kind=event&limit=200`);
    const counts: Record<string, number> = {};
    for (const { status } of data.items as { status: string }[]) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }
}
