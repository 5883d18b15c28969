import { describe, expect, it } from '@jest/globals';
import { KnownVersions } from './known-versions.ts';
import { LateVersions } from './testing/late-versions.ts';
import { between, newest, version, webhookId } from './testing/webhook-history.ts';

const nothing = { live: [version], withdrawn: {} };
const superseded = { live: [newest, version], withdrawn: {} };
const known = (...told: ConstructorParameters<typeof LateVersions>) => {
  const versions = new LateVersions(...told);
  const stored = { version, draft: { target: between } };
  const documents = { get: async (id: string) => (id === webhookId ? { document: stored } : undefined) };
  return { versions, known: new KnownVersions(versions, documents as never) };
};

describe('the versions that a request needs', () => {
  it('have the newest that is durable among them, also in a process that has yet to hear of it', async () => {
    expect(await known(nothing, superseded).known.current()).toBe(newest);
  });

  it('are looked for again if one seems not to be there', async () => {
    expect(await known(nothing, superseded).known.know(newest)).toBe(true);
    expect(await known(nothing, superseded).known.know(between)).toBe(false);
    expect(await known(nothing, superseded).known.at(0, newest)).toMatchObject({ live: [newest, version] });
    expect(await known(nothing, superseded).known.for(webhookId, 0)).toMatchObject({ live: [newest, version] });
  });

  it('come from memory if that has them', async () => {
    const { versions, known: here } = known(superseded, nothing);
    expect(await here.know(version)).toBe(true);
    expect(await here.at(0, newest, undefined, version)).toEqual({ live: [newest, version], withdrawn: new Map() });
    expect(versions.asked).toBe(0);
  });

  it('are known by name when they were withdrawn, and need not be looked for while what stands for them is live', async () => {
    const { versions, known: here } = known({ live: [version], withdrawn: { [between]: version } }, nothing);
    expect(here.knows(between)).toBe(true);
    expect(await here.at(0, between)).toEqual({ live: [version], withdrawn: new Map([[between, version]]) });
    expect(versions.asked).toBe(0);
  });
});
