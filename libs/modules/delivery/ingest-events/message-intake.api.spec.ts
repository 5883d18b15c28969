import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerWorkspace } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import type { Principal } from '../../../platform/http/index.ts';
import { MessageIntake } from './message-intake.ts';
import { messageWith } from './testing/messages.ts';

const caller: Principal = {
  actor: 'ingestion',
  workspaceId: 'root',
  scopes: new Set(),
  reaches: (workspaceId) => workspaceId === 'w',
  reach: () => 'everything',
};

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open();
  await registerWorkspace(installation.api, 'w');
});
afterAll(() => installation.dispose());

const take = (type: string, workspaceId = 'w') => {
  const metadata = { at: installation.clock.now(), actor: 'ingestion', traceId: 'trace' };
  const message = messageWith({ type, metadata: { workspaceId, id: `${type}-of-${workspaceId}` } });
  return installation.server.app.get(MessageIntake).take([message], caller, metadata);
};

describe("a message of the platform's", () => {
  it('is taken as the action it is of', async () => {
    expect(await take('booking-create')).toEqual([{ status: 'taken' }]);
  });

  it.each(['none', 'test', 'unheard-of'])('of type %s is refused as invalid, to be parked at once', async (type) => {
    const errors = [{ field: 'type', message: expect.any(String) }];
    expect(await take(type)).toEqual([{ status: 'refused', reason: 'invalid', errors }]);
    expect(await take(type, 'unknown')).toMatchObject([{ reason: 'invalid' }]);
  });
});
