import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { readConfig } from '../../../platform/config/index.ts';
import type { EventStore } from '../../../platform/event-store/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { OutboundRequest } from '../../../platform/outbound-http/index.ts';
import { ManualClock, randomIds } from '../../../platform/runtime/index.ts';
import { sealingKey } from '../../../platform/sealing/index.ts';
import { workspaceSecretContext } from '../../identity/contract.ts';
import { secretContext, type Dialect, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { bodySignature, hookSignature, signingKeysOf } from '../render-alert/sign-alert.ts';
import { AlertBodies } from './alert-bodies.ts';
import { Attempts } from './attempts.ts';
import { OpenedSecrets } from './opened-secrets.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';
import { Locations } from './testing/locations.ts';

const START = 1_800_000_000_000;
const sealing = sealingKey(Buffer.alloc(32, 7));
const here = { webhookId: 'hook', workspaceId: 'workspace' };
const settings = { name: '', description: '', applyToAllDescendants: false, url: 'https://a.example', triggers: [] };

/** As many as a step may make; some hold a key in Base64. */
const secretAt = (n: number) => (n % 2 === 0 ? `secret ${n}` : `whsec_${Buffer.alloc(32, n).toString('base64')}`);

/** Signs with what its newest secret and, before `until`, the one before are. */
type Model = { readonly newest: string; readonly previous: { readonly secret: string; readonly until: number } | null };

/** A webhook that alerts go to at any instant, of a clock that is moved; what was opened once stays open. */
class Webhooks {
  readonly clock = new ManualClock(START);
  readonly #locations = new Locations();
  readonly #requests: OutboundRequest[] = [];
  readonly #attempts: Attempts;
  #lane: Lane;
  #sealed: string;
  #made = 0;
  model: Model;

  constructor(readonly dialect: Dialect) {
    const answer = { answer: '', answerTruncated: false, address: '192.0.2.1', durationMs: 1 };
    const post = (request: OutboundRequest) => {
      this.#requests.push(request);
      return Promise.resolve({ kind: 'answered' as const, statusCode: 200, ...answer });
    };
    const bodies = new AlertBodies({} as EventStore, {
      accepted: () => [],
      exampleOf: () => ({}),
      downgrade: (body) => body,
    });
    bodies.keep({ id: 'evt', timestamp: 5, workspaceId: 'child', type: 'created', data: {}, version: '2026-01-01' });
    const secrets = new OpenedSecrets(sealing, this.#locations);
    const logger = pino({ level: 'silent' });
    this.#attempts = new Attempts({ post }, readConfig({}), this.clock, randomIds, logger, bodies, secrets);
    this.model = { newest: secretAt(0), previous: null };
    this.#sealed = this.#seal(secretAt(0));
    this.#lane = laneWith({ ...settings, dialect, secret: dialect === 'location' ? null : this.#sealed });
    this.#locations.known.set('workspace', this.#sealed);
  }

  rotate(overlapSeconds: number): void {
    const until = this.clock.now() + overlapSeconds * 1_000;
    const newest = secretAt(++this.#made);
    const [before, secret] = [this.#sealed, this.#seal(newest)];
    const overlap = overlapSeconds > 0 ? { previous: before, previousUntil: until } : {};
    this.#locations.previous.delete('workspace');
    if (overlapSeconds > 0) this.#locations.previous.set('workspace', { secret: before, until });
    this.#keep(newest, secret, overlapSeconds > 0 ? { secret: this.model.newest, until } : null);
    this.#fold({ type: 'WebhookSecretRotated', data: { ...here, secret, ...overlap } });
  }

  /** As a `PUT` does, with another secret or without. */
  replace(isNewSecret: boolean): void {
    if (isNewSecret) {
      const newest = secretAt(++this.#made);
      this.#locations.previous.delete('workspace');
      this.#keep(newest, this.#seal(newest), null);
    }
    this.#fold({ type: 'WebhookChanged', data: { ...here, ...settings, headers: {}, secret: this.#sealed } });
  }

  async alert(): Promise<OutboundRequest> {
    const delivery = deliveryWith('delivery', { eventId: 'evt', version: '2026-01-01' });
    await this.#attempts.perform(delivery, this.#lane, () => true);
    const request = this.#requests.pop();
    if (!request) throw new Error('Nothing was sent.');
    return request;
  }

  /** Those that an alert verifies with, of all there ever were: under Standard Webhooks, and by the header with one signature. */
  verifiedBy({ headers, body: bytes }: OutboundRequest): { standard: string[]; single: string[] } {
    const body = Buffer.from(bytes).toString('utf8');
    const all = Array.from({ length: this.#made + 1 }, (_, n) => secretAt(n));
    const standard = all.filter((secret) => isStandard(secret, body, headers));
    const single = all.filter((secret) =>
      this.dialect === 'location'
        ? headers['X-Nexudus-Hook-Signature'] === bodySignature(body, signingKeysOf(secret))
        : headers['X-Coro-Signature'] === hookSignature('evt', signingKeysOf(secret)),
    );
    return { standard, single };
  }

  #keep(newest: string, sealed: string, previous: Model['previous']): void {
    this.model = { newest, previous };
    this.#sealed = sealed;
    this.#locations.known.set('workspace', sealed);
  }

  #fold(event: WebhookEvent): void {
    if (this.dialect === 'location') return;
    const [recorded] = record([event], () => 'webhook-hook');
    const none = { get: () => undefined, where: () => [] };
    if (recorded) this.#lane = lanes.fold(this.#lane, recorded, 'hook', none) ?? this.#lane;
  }

  #seal(secret: string): string {
    return sealing.seal(
      secret,
      this.dialect === 'location' ? workspaceSecretContext('workspace') : secretContext('hook'),
    );
  }
}

function isStandard(secret: string, body: string, headers: Record<string, string>): boolean {
  const webhook = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

const step = fc.oneof(
  fc.record({ wait: fc.constantFrom(1, 999, 1_000, 2_000) }),
  fc.record({ rotate: fc.constantFrom(0, 1, 2, 3) }),
  fc.record({ replace: fc.boolean() }),
);

describe.each<Dialect>(['workspace', 'location'])('at any instant an alert of the %s dialect', (dialect) => {
  it('verifies with the newest secret, and with the one before exactly until the overlap ends', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const webhooks = new Webhooks(dialect);
        for (const one of steps) {
          if ('wait' in one) webhooks.clock.advance(one.wait);
          else if ('rotate' in one) webhooks.rotate(one.rotate);
          else webhooks.replace(one.replace);
          const { newest, previous } = webhooks.model;
          const signing = previous && webhooks.clock.now() < previous.until ? [previous.secret, newest] : [newest];
          const { standard, single } = webhooks.verifiedBy(await webhooks.alert());
          expect(standard).toEqual(signing);
          expect(single).toEqual([signing[0]]);
        }
      }),
      { numRuns: 200 },
    ));
});
