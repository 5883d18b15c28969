import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../../../platform/http/index.ts';
import type { WorkspaceDocument } from '../../identity/contract.ts';
import { ReachedLocations } from './reached-locations.ts';

/** A directory that knows location 1 from the start, and location 2 once it has caught up. */
function late() {
  const known = new Map([[1, 'first']]);
  const directory = {
    looks: 0,
    withBusinessId: (businessId: number) =>
      known.has(businessId) ? ({ workspaceId: known.get(businessId) } as WorkspaceDocument) : undefined,
    caughtUp: async () => {
      directory.looks++;
      known.set(2, 'second');
    },
  };
  return { directory, locations: new ReachedLocations(directory) };
}

const reaching = (...reached: string[]): Principal => ({
  actor: 'client:one',
  workspaceId: 'first',
  scopes: new Set(),
  reaches: (workspaceId) => reached.includes(workspaceId),
  reach: () => reached,
});

describe('the location of a BusinessId', () => {
  it('is known at once, and looked for again before it is said not to be there', async () => {
    const { directory, locations } = late();
    const caller = reaching('first', 'second');
    expect([await locations.workspaceOf(1, caller), directory.looks]).toEqual(['first', 0]);
    expect([await locations.workspaceOf(2, caller), directory.looks]).toEqual(['second', 1]);
    expect([await locations.workspaceOf(3, caller), directory.looks]).toEqual([undefined, 2]);
  });

  it('is none out of reach, and none for what is no number', async () => {
    const { directory, locations } = late();
    expect(await locations.workspaceOf(1, reaching('second'))).toBeUndefined();
    for (const other of ['1', null, undefined, true, [1]]) {
      expect(await locations.workspaceOf(other, reaching('first'))).toBeUndefined();
    }
    expect(directory.looks).toBe(0);
  });
});
