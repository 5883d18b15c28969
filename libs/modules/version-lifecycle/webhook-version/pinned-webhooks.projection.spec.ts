import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import { pinnedWebhooks } from './pinned-webhooks.projection.ts';

const of = { webhookId: 'hook', workspaceId: 'workspace' };
const settings = {
  name: 'Billing',
  description: '',
  applyToAllDescendants: false,
  url: 'https://customer.example/hook',
  secret: null,
  headers: {},
  triggers: ['workspace-created'],
};
const created = (version?: string): WebhookEvent => ({
  type: 'WebhookCreated',
  data: { ...of, ...settings, status: 'enabled', epoch: 0, testId: 'test', ...(version ? { version } : {}) },
});
const changed = (version?: string): WebhookEvent => ({
  type: 'WebhookChanged',
  data: { ...of, ...settings, ...(version ? { version } : {}) },
});
const after = (...events: WebhookEvent[]) =>
  projecting(
    pinnedWebhooks,
    record(events, () => 'webhook-hook'),
  );

describe('a webhook', () => {
  it('is on the version that it was made on', () =>
    after(created('two')).then({ hook: { ...of, version: 'two', removed: false } }));

  it('is on the first version if it is older than versions', () =>
    after(created(), changed()).then({ hook: { version: FIRST_VERSION } }));

  it('stays there until it is moved', () => {
    after(created('two'), changed()).then({ hook: { version: 'two' } });
    after(created('two'), changed('three'), changed()).then({ hook: { version: 'three' } });
  });

  it('stays where it is when it is numbered', () => {
    const numbered: WebhookEvent = { type: 'WebhookNumbered', data: { ...of, businessId: 1_001, number: 7 } };
    after(created('two'), numbered).then({ hook: { ...of, version: 'two', removed: false } });
  });

  it('does not count once it is removed', () =>
    after(created('two'), { type: 'WebhookRemoved', data: of }).then({ hook: { removed: true } }));
});
