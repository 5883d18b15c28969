import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, event, publish, registerWorkspace, unique } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { StoreUnavailable } from '../../platform/event-store/index.ts';

const company = { type: 'regular', companyName: 'Company' };
let given = 1_000;
const businessId = () => ++given;

describe('the BusinessId of a workspace', () => {
  let installation: Installation;
  let api: AxiosInstance;
  beforeAll(async () => {
    installation = await Installation.start();
    api = installation.api;
  });
  afterAll(() => installation.dispose());
  const register = (body: object) => api.post('/workspaces', { ...company, ...body });
  const viewOf = async (id: string) => (await api.get(`/workspaces/${id}`)).data;
  const list = async (params: object) =>
    (await api.get<{ items: { id: string }[] }>('/workspaces', { params })).data.items;

  it('is issued if it is left out, and shown in every view', async () => {
    const { data: registered } = await register({});
    expect(registered.businessId).toBeGreaterThan(0);
    expect(await viewOf(registered.id)).toEqual(registered);
    const { data: changed } = await api.put(`/workspaces/${registered.id}`, company);
    expect(changed).toEqual(registered);
    expect(await list({ businessId: registered.businessId })).toEqual([{ ...registered, children: 0 }]);
  });

  it('is the one that is given, up to 31 bits', async () => {
    const { status, data, headers } = await register({ id: 'largest', businessId: 2_147_483_647 });
    expect(status).toBe(201);
    expect(data).toMatchObject({ id: 'largest', businessId: 2_147_483_647 });
    expect(headers['etag']).toBe('"0"');
    for (const wrong of [0, -1, 1.5, 2_147_483_648, '7', null]) {
      expect(await register({ businessId: wrong })).toMatchObject({
        status: 400,
        data: { errors: [{ field: 'businessId' }] },
      });
    }
  });

  it('belongs to one workspace: no other is registered with it', async () => {
    const wanted = businessId();
    const id = unique('late');
    await register({ id: unique('first'), businessId: wanted });
    expect(await register({ id, businessId: wanted })).toMatchObject({
      status: 409,
      data: { detail: `The businessId ${wanted} is taken.` },
    });
    expect(await register({ businessId: wanted })).toMatchObject({ status: 409 });
    expect((await api.get(`/workspaces/${id}`)).status).toBe(404);
    expect(await list({ businessId: wanted })).toHaveLength(1);
  });

  it('is all that a repeated request without an id is told of, unless its caller reaches the workspace', async () => {
    const [parent, wanted] = [await registerWorkspace(api, unique('parent')), businessId()];
    const repeated = { ...company, businessId: wanted };
    const { data: registered } = await register({ businessId: wanted, parentWorkspaceId: parent });
    const answerIn = async (workspaceId: string) => {
      const client = await clientOf(installation, workspaceId, ['workspaces:write']);
      const { status, data } = await client.post('/workspaces', { ...repeated, parentWorkspaceId: workspaceId });
      return [status, data.detail];
    };
    expect(await answerIn(parent)).toEqual([409, `The workspace ${registered.id} is registered already.`]);
    const elsewhere = await registerWorkspace(api, unique('elsewhere'));
    expect(await answerIn(elsewhere)).toEqual([409, `The businessId ${wanted} is taken.`]);
  });

  it('registers one workspace for two equal requests at once, and tells the second that it is there', async () => {
    const wanted = businessId();
    const answers = await Promise.all([1, 2].map(() => register({ businessId: wanted })));
    const [made, late] = answers.sort((one, other) => one.status - other.status).map(({ data }) => data);
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    expect(late.detail).toBe(`The workspace ${made.id} is registered already.`);
  });

  it('is not claimed for a workspace that is registered already', async () => {
    const [id, wanted] = [await registerWorkspace(api, unique('taken')), businessId()];
    expect(await register({ id, businessId: wanted })).toMatchObject({
      status: 409,
      data: { detail: `The workspace ${id} is registered already.` },
    });
    expect((await register({ id: unique('free'), businessId: wanted })).status).toBe(201);
  });

  it('goes to one of those who ask for it at once', async () => {
    const wanted = businessId();
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => register({ id: unique(id), businessId: wanted })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await list({ businessId: wanted })).toHaveLength(1);
  });

  it('is issued to a workspace that an event registers, and to the root', async () => {
    const [published] = [event('root', { workspaceId: unique('by-event') })];
    await publish(api, published);
    await installation.settled();
    expect((await viewOf(published.workspaceId)).businessId).toBeGreaterThan(0);
    expect((await viewOf('root')).businessId).toBeGreaterThan(0);
  });

  it('finds its workspace only within reach', async () => {
    const [mine, theirs] = [unique('mine'), unique('theirs')];
    const [ofMine, ofTheirs] = [businessId(), businessId()];
    await register({ id: mine, businessId: ofMine });
    await register({ id: theirs, businessId: ofTheirs });
    const client = await clientOf(installation, mine, ['workspaces:read']);
    const found = async (of: unknown) => (await client.get('/workspaces', { params: { businessId: of } })).data.items;
    expect(await found(ofMine)).toMatchObject([{ id: mine }]);
    expect(await found(ofTheirs)).toEqual([]);
    expect((await client.get('/workspaces', { params: { businessId: 'x' } })).status).toBe(400);
  });
});

describe('a process that dies when a BusinessId is claimed and its workspace not registered', () => {
  let installation: Installation;
  beforeEach(async () => void (installation = await Installation.open()));
  afterEach(() => installation.dispose());
  const register = (body: object) => installation.api.post('/workspaces', { ...company, ...body });

  async function dieBeforeRegistering(body: object): Promise<void> {
    const { eventStore } = installation.parts;
    const append = eventStore.append.bind(eventStore);
    eventStore.append = (request) =>
      request.stream.startsWith('workspace-') ? Promise.reject(new StoreUnavailable('dead')) : append(request);
    expect((await register(body)).status).toBe(503);
    await installation.close();
    await installation.reopen();
  }
  const ownerOf = async (claimed: number) => {
    const [claim] = await installation.parts.eventStore.readStream(`claim-businessId.${claimed}`);
    return (claim?.data as { ownerId: string } | undefined)?.ownerId;
  };

  it.each([{ id: 'chosen' }, {}])('loses none: the same request, %j, registers it', async (named) => {
    await dieBeforeRegistering({ ...named, businessId: 7 });
    const owner = await ownerOf(7);
    expect(owner).toMatch(/^(chosen|[0-9a-f]{24})$/);
    expect(await register({ id: 'another', businessId: 7 })).toMatchObject({ status: 409 });
    expect(await register({ ...named, businessId: 7 })).toMatchObject({
      status: 201,
      data: { id: owner, businessId: 7 },
    });
  });

  it('leaves a workspace that is named to get the number that was issued to it', async () => {
    await dieBeforeRegistering({ id: 'named' });
    const { status, data } = await register({ id: 'named' });
    expect(status).toBe(201);
    expect(await ownerOf(data.businessId)).toBe('named');
  });
});
