import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../../platform/config/index.ts';
import type { EventStore } from '../../../platform/event-store/index.ts';
import type { OutboundAnswer, OutboundRequest } from '../../../platform/outbound-http/index.ts';
import { ManualClock, randomIds } from '../../../platform/runtime/index.ts';
import { sealingKey } from '../../../platform/sealing/index.ts';
import { CannotDowngrade, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { headerContext, secretContext } from '../../webhook-configuration/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { hookSignature, signingKeysOf } from '../render-alert/sign-alert.ts';
import { AlertBodies } from './alert-bodies.ts';
import { Attempts } from './attempts.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';

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
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const bodies = new AlertBodies({} as EventStore, { accepted: () => [], exampleOf: () => ({ n: 1 }), downgrade });
  bodies.keep({ id: 'evt', timestamp: 5, workspaceId: 'child', type: 'created', data: {}, version: NEW });
  const logger = pino({}, { write });
  const config = readConfig({});
  const attempts = new Attempts(outbound, sealing, config, new ManualClock(NOW), randomIds, logger, bodies);
  const perform = (changes: Partial<DeliveryDocument>, of = lane) =>
    attempts.perform(deliveryWith('delivery', { eventId: 'evt', version: NEW, ...changes }), of, () => true);
  return { perform, requests, lines };
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
