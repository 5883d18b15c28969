import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { WebhookEvent } from '../../webhook-configuration/contract.ts';
import { lanes } from './lanes.projection.ts';

const hook = { webhookId: 'hook', workspaceId: 'workspace' };
const settings = {
  name: '',
  description: '',
  applyToAllDescendants: false,
  url: 'https://a.example',
  secret: 's',
  headers: {},
  triggers: [],
};
const created: WebhookEvent = {
  type: 'WebhookCreated',
  data: { ...hook, ...settings, status: 'enabled', epoch: 0, testId: 't' },
};
const after = (...events: WebhookEvent[]) =>
  projecting(
    lanes,
    record([created, ...events], () => 'webhook-hook'),
  );

describe('a lane', () => {
  it('moves from the creation of an enabled webhook on', () => {
    after().then({
      hook: { enabled: true, removed: false, epoch: 0, url: 'https://a.example', release: null, cancelledUpTo: -1 },
    });
  });

  it('sends to where its webhook says now', () => {
    after({ type: 'WebhookChanged', data: { ...hook, ...settings, url: 'https://b.example', secret: 'new' } }).then({
      hook: { url: 'https://b.example', secret: 'new', enabled: true },
    });
  });

  it('stands still while its webhook is off, and moves on in a new epoch', () => {
    const off: WebhookEvent = { type: 'WebhookDisabled', data: { ...hook, by: 'exhausted', epoch: 1 } };
    after(off).then({ hook: { enabled: false, epoch: 1 } });
    after(off, { type: 'WebhookEnabled', data: { ...hook, epoch: 2 } }).then({ hook: { enabled: true, epoch: 2 } });
  });

  it('knows what was released and what was cancelled', () => {
    after({ type: 'HeldReleased', data: { ...hook, upTo: 1, epoch: 2 } }).then({
      hook: { release: { upTo: 1, epoch: 2 } },
    });
    after({ type: 'HeldCancelled', data: { ...hook, upTo: 1, epoch: 3 } }).then({
      hook: { cancelledUpTo: 1, epoch: 3 },
    });
  });

  it('ends with its webhook', () =>
    after({ type: 'WebhookRemoved', data: hook }).then({ hook: { enabled: false, removed: true } }));
});
