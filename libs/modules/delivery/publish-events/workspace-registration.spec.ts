import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../platform/kernel/index.ts';
import { CannotDowngrade, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { registrationIn } from './workspace-registration.ts';

const event = { type: 'workspace-created', workspaceId: 'told', data: { name: 'Told' } };
const read = (downgrade: PayloadVersions['downgrade']) =>
  registrationIn(event, 'later', 'root', { accepted: () => [], exampleOf: () => undefined, downgrade });
const failing = (fault: CannotDowngrade['fault']) =>
  read(() => Promise.reject(new CannotDowngrade(fault, 'later', 'The downgrade failed.')));

describe('a workspace that an event tells of', () => {
  it('is read in the first version, and is under the root unless the event says otherwise', async () => {
    const told = { companyName: 'Told', type: 'child' };
    const result = await read((body) => JSON.stringify({ ...(JSON.parse(body) as object), data: told }));
    expect(result).toMatchObject({ data: { workspaceId: 'told', parentWorkspaceId: 'root', displayName: 'Told' } });
  });

  it.each(['error', 'shape', 'size', 'time'] as const)(
    'cannot be read after the fault %s: the event is invalid',
    async (fault) => {
      expect(await failing(fault)).toEqual({
        errors: [{ field: 'data', message: 'does not tell which workspace to register. The downgrade failed.' }],
      });
    },
  );

  it('may be read another time if it was not tried now', async () => {
    const failed = read(() => Promise.reject(new Error('Too many wait.')));
    await expect(failed).rejects.toThrow(Refusal);
    await expect(failed).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
  });
});
