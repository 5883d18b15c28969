import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../../platform/config/index.ts';
import type { EventStore } from '../../../platform/event-store/index.ts';
import type { OutboundAnswer, OutboundRequest } from '../../../platform/outbound-http/index.ts';
import { ManualClock, randomIds } from '../../../platform/runtime/index.ts';
import { sealingKey } from '../../../platform/sealing/index.ts';
import { workspaceSecretContext } from '../../identity/contract.ts';
import { CannotDowngrade, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { headerContext, secretContext } from '../../webhook-configuration/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { bodySignature, hookSignature, signingKeysOf } from '../render-alert/sign-alert.ts';
import { AlertBodies } from './alert-bodies.ts';
import { Attempts } from './attempts.ts';
import { OpenedSecrets } from './opened-secrets.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';
import { Locations } from './testing/locations.ts';

const OLD = '2026-01-01';
const NEW = '2026-02-01';
const NOW = 9_000;

const sealing = sealingKey(Buffer.alloc(32, 7));
const sealed = (url: string, secret: string, header: string) => ({
  url,
  secret: sealing.seal(secret, secretContext('hook')),
  headers: { 'X-Key': sealing.seal(header, headerContext('hook', 'X-Key')) },
});
const lane = laneWith(sealed('https://live.example/hook', 'live secret', 'live key'));

/** A network that answers 200, and a log that is kept. */
function attempting(downgrade: PayloadVersions['downgrade'] = (body) => body) {
  const requests: OutboundRequest[] = [];
  const outbound = {
    post: (request: OutboundRequest): Promise<OutboundAnswer> => {
      requests.push(request);
      const answer = { answer: 'ok', answerTruncated: false, address: '192.0.2.1', durationMs: 1 };
      return Promise.resolve({ kind: 'answered', statusCode: 200, ...answer });
    },
  };
  const locations = new Locations();
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const bodies = new AlertBodies({} as EventStore, { accepted: () => [], exampleOf: () => ({ n: 1 }), downgrade });
  bodies.keep({ id: 'evt', timestamp: 5, workspaceId: 'child', type: 'created', data: {}, version: NEW });
  const logger = pino({}, { write });
  const config = readConfig({});
  const secrets = new OpenedSecrets(sealing, locations);
  const attempts = new Attempts(outbound, config, new ManualClock(NOW), randomIds, logger, bodies, secrets);
  const perform = (changes: Partial<DeliveryDocument>, of = lane) =>
    attempts.perform(deliveryWith('delivery', { eventId: 'evt', version: NEW, ...changes }), of, () => true);
  return { perform, requests, lines, locations };
}

describe('an alert', () => {
  it('says which version it is in', async () => {
    const { perform, requests } = attempting();
    await perform({});
    await perform({ version: OLD });
    expect(requests.map(({ headers }) => headers['X-Coro-Hook-Version'])).toEqual([NEW, OLD]);
  });
});

describe('the test of a draft', () => {
  const target = sealed('https://draft.example/hook', 'draft secret', 'draft key');

  it('goes where the draft says, signed and with headers as it says, and no other alert does', async () => {
    const { perform, requests } = attempting();
    const test = { kind: 'test', type: 'test', eventId: 'test-1' } as const;
    const command = await perform({ ...test, target });
    await perform(test);
    expect(command.data).toMatchObject({ url: target.url, kind: 'test' });
    expect(requests).toMatchObject([
      {
        url: target.url,
        headers: {
          'X-Key': 'draft key',
          'X-Coro-Hook-Version': NEW,
          'X-Coro-Signature': hookSignature('test-1', signingKeysOf('draft secret')),
        },
      },
      { url: lane.url, headers: { 'X-Key': 'live key' } },
    ]);
  });
});

describe('an alert of a webhook of a location', () => {
  const inLocation = laneWith({ ...lane, dialect: 'location', secret: null });
  const secretOf = (text: string) => sealing.seal(text, workspaceSecretContext('workspace'));
  const signedWith = (secret: string, body: string) => bodySignature(body, signingKeysOf(secret));

  it('is an array of its data, signed with the secret its location has at the attempt', async () => {
    const { perform, requests, locations } = attempting();
    for (const secret of ['first', 'second']) {
      locations.known.set('workspace', secretOf(secret));
      await perform({}, inLocation);
    }
    expect(requests.map(({ body }) => body)).toEqual(['[{}]', '[{}]']);
    expect(requests.map(({ headers }) => headers['X-Nexudus-Hook-Signature'])).toEqual([
      signedWith('first', '[{}]'),
      signedWith('second', '[{}]'),
    ]);
    expect(requests[0]?.headers).toMatchObject({ 'X-Key': 'live key', 'X-Coro-Hook-Version': NEW });
    expect(requests[0]?.headers).not.toHaveProperty('X-Coro-Signature');
  });

  it('is in the version of its delivery', async () => {
    const downgraded = '{"id":"evt","timestamp":"5","workspaceId":"child","type":"created","data":{"older":true}}';
    const { perform, requests, locations } = attempting(() => downgraded);
    locations.known.set('workspace', secretOf('secret'));
    await perform({ version: OLD }, inLocation);
    expect(requests).toMatchObject([{ body: '[{"older":true}]', headers: { 'X-Coro-Hook-Version': OLD } }]);
  });

  it('waits for what is known of its location, and is not sent unsigned', async () => {
    const { perform, requests, locations } = attempting();
    await expect(perform({}, inLocation)).rejects.toThrow(/workspace has no secret/);
    expect(requests).toEqual([]);
    locations.stored.set('workspace', secretOf('secret'));
    await perform({}, inLocation);
    expect(requests).toMatchObject([{ headers: { 'X-Nexudus-Hook-Signature': signedWith('secret', '[{}]') } }]);
  });

  it('that is a test, of its draft too, is signed with the same, and the example is its one record', async () => {
    const { perform, requests, locations } = attempting();
    locations.known.set('workspace', secretOf('secret'));
    const target = { url: 'https://draft.example/hook', secret: null, headers: {} };
    const test = { kind: 'test', type: 'test', eventId: 'test-1' } as const;
    await perform(test, inLocation);
    await perform({ ...test, target }, inLocation);
    const headers = { 'X-Nexudus-Hook-Signature': signedWith('secret', '[{"n":1}]') };
    expect(requests).toMatchObject([
      { url: lane.url, body: '[{"n":1}]', headers },
      { url: target.url, body: '[{"n":1}]', headers },
    ]);
  });
});

describe('an alert that cannot be rendered', () => {
  const cannot = () => {
    throw new CannotDowngrade('shape', NEW, `data.count must be string, ${'x'.repeat(5_000)}`);
  };

  it('is not sent, and that is to be recorded, with the release that is to blame', async () => {
    const { perform, requests } = attempting(cannot);
    const { type, data, metadata } = await perform({ version: OLD });
    expect(requests).toEqual([]);
    expect(type).toBe('RecordRenderingFailure');
    expect(data).toMatchObject({ deliveryId: 'delivery', round: 1, epoch: 0, type: 'created', fault: 'shape' });
    expect(data).toMatchObject({ version: OLD, releasedIn: NEW, error: expect.stringMatching(/^data.count.{990}$/) });
    expect(metadata).toMatchObject({ at: NOW, traceId: 'trace' });
  });

  it('is one line in the log', async () => {
    const { perform, lines } = attempting(cannot);
    await perform({ version: OLD });
    expect(lines).toMatchObject([
      { level: 50, msg: 'alert not rendered', deliveryId: 'delivery', version: OLD, releasedIn: NEW, fault: 'shape' },
    ]);
  });

  it('ends the round that a release of all its webhook held has begun', async () => {
    const { perform } = attempting(cannot);
    const released = laneWith({ ...lane, epoch: 2, pendingFrom: 0 });
    expect((await perform({ version: OLD }, released)).data).toMatchObject({ round: 2, epoch: 2 });
  });

  it('for another reason than its release is an error, and nothing to record', async () => {
    const away = new Error('The store is away.');
    const { perform } = attempting(() => Promise.reject(away));
    await expect(perform({ version: OLD })).rejects.toBe(away);
  });
});
