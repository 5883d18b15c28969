import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { DONE, FAILED } from '../command.ts';
import { run } from '../testing/run.ts';

const release = (name: string) => ({
  name,
  notes: 'The status is an object.',
  triggers: {
    'workspace-status-updated': {
      schema: { type: 'object', required: ['status'], properties: { status: { type: 'object' } } },
      example: { status: { is: 'suspended', was: 'active' } },
      downgrade: '{ "status": status.is, "previousStatus": status.was }',
    },
  },
});

describe('carillon release-version', () => {
  let installation: Installation;
  let folder: string;
  let file: string;
  const give = async (body: object, env: Record<string, string> = {}) => {
    await writeFile(file, JSON.stringify(body));
    return run(['release-version', file, '--url', installation.url], {
      CARILLON_CLIENT_ID: CLIENT.id,
      CARILLON_CLIENT_SECRET: CLIENT.secret,
      ...env,
    });
  };

  beforeAll(async () => {
    installation = await Installation.open();
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    file = join(folder, 'release.json');
  });
  afterAll(async () => {
    await installation.dispose();
    await rm(folder, { recursive: true });
  });

  it('says which of its downgrades does not do, and what it made', async () => {
    const { triggers } = release('2026-11-01');
    const trigger = { ...triggers['workspace-status-updated'], downgrade: '{ "previousStatus": status.was }' };
    const answer = await give({ ...release('2026-11-01'), triggers: { 'workspace-status-updated': trigger } });
    expect({ code: answer.code, said: answer.said }).toEqual({ code: FAILED, said: '' });
    expect(answer.complained.split('\n')).toEqual([
      'Refused: 400 Bad Request',
      expect.stringMatching(
        /^ {2}triggers\.workspace-status-updated\.downgrade: .*2026-01-01.*data\.status is required/,
      ),
      'The downgrade of workspace-status-updated made: {',
      '  "previousStatus": "active"',
      '}',
      expect.stringMatching(/^Trace id [0-9a-f]{32}$/),
    ]);
  });

  it('releases what is in the file, and says when the version before it ends', async () => {
    const { code, said, complained } = await give(release('2026-11-01'));
    expect({ code, complained }).toEqual({ code: DONE, complained: '' });
    expect(said.split('\n')).toEqual([
      'Version 2026-11-01 was released at 2026-11-02T09:00:00.000Z.',
      'Webhooks on 2026-01-01 have until 2027-05-02T09:00:00.000Z:',
      '  2026-11-02T09:00:00.000Z  the date is announced by mail',
      '  2027-04-02T09:00:00.000Z  a reminder, and a draft on the newest version',
      '  2027-04-25T09:00:00.000Z  a notification in the console, and a warning on the webhook',
      '  2027-05-02T09:00:00.000Z  it expires',
      '  2027-05-03T09:00:00.000Z  what is still on it is disabled',
    ]);
    const { data } = await installation.api.get('/versions');
    expect(data.items).toMatchObject([{ name: '2026-11-01', status: 'current' }, { name: '2026-01-01' }]);
  });

  it('says what else is wrong', async () => {
    expect(await give(release('2026-11-01'))).toMatchObject({
      code: FAILED,
      complained: expect.stringMatching(/^Refused: 409 Conflict\. The name 2026-11-01 has been used/),
    });
    expect(await give(release('2026-12-01'), { CARILLON_CLIENT_SECRET: 'guessed' })).toMatchObject({
      code: FAILED,
      complained: expect.stringMatching(/^No token: /),
    });
  });
});
