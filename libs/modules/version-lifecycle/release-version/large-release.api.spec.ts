import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../../../../test/support/installation.ts';

const TRIGGER = 'workspace-status-updated';

/** As a client may write it: 5 bytes for each number, of which 22 are stored. */
const releaseWith = (numbers: number): string =>
  JSON.stringify({
    name: '2026-11-01',
    triggers: { [TRIGGER]: { schema: { type: 'object', 'x-list': '@' }, example: { status: 'on' }, downgrade: '$' } },
  }).replace('"@"', `[${Array.from({ length: numbers }, () => '1e20').join()}]`);

describe('a release whose numbers are longer as they are stored', () => {
  let installation: Installation;
  const release = (body: string) =>
    installation.api.post('/versions', body, { headers: { 'Content-Type': 'application/json' } });

  beforeAll(async () => {
    installation = await Installation.open();
  });
  afterAll(() => installation.dispose());

  it('is refused if it would be too large for a store, and leaves nothing behind', async () => {
    const { status, data } = await release(releaseWith(51_000));
    expect([status, data.errors]).toEqual([
      400,
      [{ field: 'triggers', message: expect.stringMatching(/at most 512 KiB as stored/) }],
    ]);
    expect(await installation.parts.eventStore.readStream('webhookVersion-releases')).toHaveLength(1);
  });

  it('is released if it is not', async () => {
    expect((await release(releaseWith(23_000))).status).toBe(201);
  });
});
