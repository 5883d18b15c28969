import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';

type Page = { items: { id: string; children: number }[]; nextCursor: string | null; total: number };

describe('the list of workspaces', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let ofTop: AxiosInstance;
  let ofNorth: AxiosInstance;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    for (const [id, parent] of [
      ['top', ''],
      ['north', 'top'],
      ['south', 'top'],
      ['north-1', 'north'],
      ['north-2', 'north'],
      ['deep', 'north-1'],
    ] as const) {
      await registerWorkspace(api, id, parent);
    }
    await api.put('/workspaces/deep', { type: 'child', companyName: 'ÉTÉ Gmbh', displayName: 'Summer %_.* "50"' });
    ofTop = await clientOf(installation, 'top', ['workspaces:read']);
    ofNorth = await clientOf(installation, 'north', ['workspaces:read']);
  });
  afterAll(() => installation.dispose());

  const ask = async (params: object, as = ofTop) => (await as.get<Page>('/workspaces', { params })).data;
  const ids = async (params: object, as = ofTop) => (await ask(params, as)).items.map(({ id }) => id);

  it.each([
    ['its id', 'NORTH-', ['north-1', 'north-2']],
    ['its companyName', 'été g', ['deep']],
    ['its displayName', 'summer', ['deep']],
    ['what looks like a pattern', '%_.*', ['deep']],
    ['what nothing has', 'winter', []],
  ])('is searched by %s', async (_, search, found) => {
    expect(await ids({ search })).toEqual(found);
    expect((await ask({ search })).total).toBe(found.length);
  });

  it('is searched within reach alone', async () => {
    expect(await ids({ search: 'th' })).toEqual(['north', 'north-1', 'north-2', 'south']);
    expect(await ids({ search: 'th' }, ofNorth)).toEqual(['north', 'north-1', 'north-2']);
  });

  it('can be narrowed to what is below a workspace, at any depth', async () => {
    expect(await ids({ within: 'north' })).toEqual(['deep', 'north-1', 'north-2']);
    expect(await ids({ within: 'top' })).toEqual(['deep', 'north', 'north-1', 'north-2', 'south']);
    expect(await ids({ within: 'south' })).toEqual([]);
    expect(await ids({ within: 'root', search: 'o' }, api)).toContain('top');
    expect(await ids({ within: 'north', search: '-', type: 'channel' })).toEqual(['north-1', 'north-2']);
    expect(await ids({ within: 'north-1', parentWorkspaceId: 'north' })).toEqual([]);
  });

  it('does not know a workspace out of reach, nor one that is not there', async () => {
    for (const within of ['south', 'root', 'nowhere']) {
      expect((await ofNorth.get('/workspaces', { params: { within } })).status).toBe(404);
    }
    expect(await ids({ parentWorkspaceId: 'top' }, ofNorth)).toEqual(['north']);
  });

  it('says how many there are, on every page', async () => {
    const first = await ask({ limit: 2 });
    expect(first).toMatchObject({ total: 6, totalIsAtLeast: false, items: [{ id: 'deep' }, { id: 'north' }] });
    const second = await ask({ limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ total: 6, items: [{ id: 'north-1' }, { id: 'north-2' }] });
    expect((await ask({}, ofNorth)).total).toBe(4);
    expect((await ask({ type: 'child' })).total).toBe(1);
  });

  it('says of each how many stand directly under it', async () => {
    const { items } = await ask({});
    expect(Object.fromEntries(items.map(({ id, children }) => [id, children]))).toEqual({
      ...{ top: 2, north: 2, south: 0 },
      ...{ 'north-1': 1, 'north-2': 0, deep: 0 },
    });
  });

  it.each(['', 'x'.repeat(201)])('takes no search like %j', async (search) => {
    const { status, data } = await api.get('/workspaces', { params: { search } });
    expect([status, data.errors[0].field]).toEqual([400, 'search']);
  });
});
