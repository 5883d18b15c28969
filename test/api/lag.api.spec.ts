import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';

describe('an answer', () => {
  let installation: Installation;

  beforeEach(async () => {
    installation = await Installation.open();
  });
  afterEach(() => installation.dispose());

  it('to a command is given once what it changed can be read', async () => {
    for (let n = 0; n < 20; n++) {
      const id = await registerWorkspace(installation.api, `workspace-${n}`);
      const hook = await createWebhook(installation.api, id, 'http://127.0.0.1:9/');
      const seen = await installation.api.get(`/settings/webhooks/${hook}`, { headers: { Workspace: id } });
      expect([seen.status, seen.data.id]).toEqual([200, hook]);
    }
  });

  it('that would wait too long for that is the same, and says so', async () => {
    await registerWorkspace(installation.api, 'workspace');
    await installation.server.projections.stop();
    const body = { type: 'child', companyName: 'company1' };
    const { status, headers } = await installation.api.post('/workspaces', { ...body, id: 'late' });
    expect([status, headers['carillon-lag']]).toEqual([201, '1']);
  });

  it('to a publication is 503 with a time to come back while the store cannot write, and nothing was taken', async () => {
    await registerWorkspace(installation.api, 'workspace');
    const published = event('workspace');
    await installation.parts.eventStore.close();
    const { status, headers, data } = await installation.api.post('/events', published);
    expect([status, headers['retry-after'], data.status]).toEqual([503, expect.stringMatching(/^\d+$/), 503]);
    await installation.close();
    await installation.reopen();
    expect((await installation.api.get(`/events/${published.id}`)).status).toBe(404);
  });
});
