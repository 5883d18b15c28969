import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { publish, registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';

let installation: Installation;

describe('a workspace that an event in a later shape tells of', () => {
  const created = (data: object) => ({ id: unique('evt'), type: 'workspace-created', workspaceId: 'told', data });
  const told = { companyName: 'Told', displayName: 'Told', type: 'child', parentWorkspaceId: 'workspace' };
  const adminEmails = ['ada@told.example', 'bo@told.example'];
  beforeEach(async () => {
    installation = await Installation.open();
    await registerWorkspace(installation.api, 'workspace');
    for (const { name, triggers } of releases) {
      const answer = await installation.api.post('/versions', { name, triggers });
      expect(answer.status).toBe(201);
    }
  });

  afterEach(() => installation.dispose());

  it('is registered as the first version would tell it', async () => {
    const [item] = await publish(installation.api, created({ ...told, adminEmails }));
    expect(item).toMatchObject({ status: 'accepted' });
    const { data } = await installation.api.get<object>('/workspaces/told');
    expect(data).toMatchObject({ companyName: 'Told', parentWorkspaceId: 'workspace' });
    expect(data).toMatchObject({ adminEmails: adminEmails.join(',') });
  });
});
