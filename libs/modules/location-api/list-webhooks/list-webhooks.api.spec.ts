import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { createIn, expectFaults, openLocation, ROUTE, TARGET } from '../envelope/testing/location-requests.ts';

type Entry = { readonly Id: number } & Readonly<Record<string, unknown>>;
type Page = { readonly Records: readonly Entry[] } & Readonly<Record<string, unknown>>;

let installation: Installation;
let api: AxiosInstance;
let businessId: number;
let workspaceId: string;

beforeAll(async () => {
  installation = await Installation.open();
  api = installation.api;
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  installation.clock.advance(61_500);
  ({ businessId, workspaceId } = await openLocation(api));
});

const create = (changes: object = {}) => createIn(api, businessId, changes);
const get = (params: object, as = api) => as.get<Page>(ROUTE, { params: { WebHook_Business: businessId, ...params } });
const page = async (params: object = {}) => (await get(params)).data;
const ids = async (params: object = {}) => (await page(params)).Records.map(({ Id }) => Id);
const names = async (params: object) => (await page(params)).Records.map(({ Name }) => Name);

describe('a list of webhooks', () => {
  it('is a page of records, with the published fields in their order', async () => {
    const id = await create({ Description: 'For the doors' });
    const { Description: _, ...entry } = (await api.get<Entry>(`${ROUTE}/${id}`)).data;
    const { status, data } = await get({});
    expect(status).toBe(200);
    expect(Object.entries(data)).toEqual(
      Object.entries({
        Records: [entry],
        CurrentPage: 1,
        CurrentPageSize: 25,
        CurrentOrderField: 'Id',
        CurrentSortDirection: 1,
        FirstItem: 1,
        LastItem: 1,
        TotalItems: 1,
        TotalPages: 1,
        HasNextPage: false,
        HasPreviousPage: false,
      }),
    );
    expect(Object.keys(data.Records[0] ?? {})).toEqual(Object.keys(entry));
  });

  it('may be empty', async () =>
    expect(await page()).toMatchObject({
      Records: [],
      ...{ FirstItem: 0, LastItem: 0, TotalItems: 0, TotalPages: 0, HasNextPage: false, HasPreviousPage: false },
    }));

  it('goes by Id, page after page, and ends', async () => {
    const made: number[] = [];
    for (let n = 0; n < 5; n++) made.push(await create());
    const inOrder = made.toSorted((a, b) => a - b);
    expect(await ids({ size: 2 })).toEqual(inOrder.slice(0, 2));
    expect(await page({ size: 2, page: 3 })).toMatchObject({
      Records: [{ Id: inOrder[4] }],
      ...{ CurrentPage: 3, CurrentPageSize: 2, FirstItem: 5, LastItem: 5, TotalItems: 5, TotalPages: 3 },
      ...{ HasNextPage: false, HasPreviousPage: true },
    });
    expect(await page({ size: 2, page: 4 })).toMatchObject({ Records: [], FirstItem: 0, LastItem: 0, TotalItems: 5 });
    expect((await page({ size: 1_000, page: 2_147_483_647 })).Records).toEqual([]);
    expect(await ids({ dir: -1 })).toEqual(inOrder.toReversed());
  });

  it('is sorted as asked', async () => {
    for (const Name of ['b', 'a', 'C']) await create({ Name });
    expect(await names({ orderBy: 'Name' })).toEqual(['C', 'a', 'b']);
    expect(await names({ orderBy: 'Name', dir: -1, size: 2 })).toEqual(['b', 'a']);
    expect(await page({ orderBy: 'Name', dir: -1 })).toMatchObject({
      CurrentOrderField: 'Name',
      CurrentSortDirection: -1,
    });
  });

  it('has what all filters hold for', async () => {
    const text = 'Ö & "co"? 100%+';
    const id = await create({ Name: text, Action: 7, Active: false });
    await create({ Name: text });
    await create({ Action: 7, Active: false });
    expect(await ids({ WebHook_Name: text, WebHook_Action: 7, WebHook_Active: false })).toEqual([id]);
    expect(await ids({ WebHook_Name: text.toLowerCase() })).toEqual([]);
  });

  it('finds a webhook by the instant of its record, and by its minute', async () => {
    const early = await create();
    const { CreatedOn } = (await page()).Records[0] as { CreatedOn?: string } & Entry;
    const second = CreatedOn ?? '';
    installation.clock.advance(60_000);
    const late = await create();
    const created = (from: string, to: string) => ({ from_WebHook_CreatedOn: from, to_WebHook_CreatedOn: to });
    expect(await ids(created(second, second))).toEqual([early]);
    expect(await ids(created(second.slice(0, 16), second.slice(0, 16)))).toEqual([early]);
    expect((await ids({ from_WebHook_CreatedOn: second })).toSorted()).toEqual([early, late].toSorted());
  });
});

describe('a list', () => {
  it('holds what its caller reaches: the own location, and those below', async () => {
    const below = await openLocation(api, workspaceId);
    const beside = await openLocation(api);
    const made = [await create(), await createIn(api, below.businessId)];
    await createIn(api, beside.businessId);
    const listOf = async (workspace: string, params: object = {}) => {
      const as = await clientOf(installation, workspace, ['webhooks:read']);
      return (await as.get<Page>(ROUTE, { params })).data.Records.map(({ Id }) => Id);
    };
    expect(await listOf(workspaceId)).toEqual(made.toSorted((a, b) => a - b));
    expect(await listOf(below.workspaceId)).toEqual([made[1]]);
    expect(await listOf(workspaceId, { WebHook_Business: beside.businessId })).toEqual([]);
  });

  it('leaves out what no record can express, and says how many that are', async () => {
    const id = await create();
    expect((await get({})).headers).not.toHaveProperty('carillon-left-out');
    const several = await createWebhook(api, workspaceId, TARGET, { triggers: ['booking-create', 'booking-update'] });
    await createWebhook(api, workspaceId, TARGET, { triggers: ['workspace-created'] });
    const { headers, data } = await get({ WebHook_Name: 'no such name' });
    expect([headers['carillon-left-out'], data.TotalItems]).toEqual(['2', 0]);
    expect(await ids()).toEqual([id]);
    await api.delete(`/settings/webhooks/${several}`, { headers: { Workspace: workspaceId } });
    expect((await get({})).headers['carillon-left-out']).toBe('1');
    const elsewhere = await openLocation(api);
    const as = await clientOf(installation, elsewhere.workspaceId, ['webhooks:read']);
    expect((await get({}, as)).headers).not.toHaveProperty('carillon-left-out');
  });

  it('is without what was deleted', async () => {
    const id = await create();
    await api.delete(`${ROUTE}/${id}`);
    expect(await page()).toMatchObject({ Records: [], TotalItems: 0 });
  });
});

describe('a list that is asked for wrongly', () => {
  it('is refused with every fault, and the text that was sent', async () => {
    const query = '?page=0&size=x&WebHook_Active=True&to_WebHook_LastTrigger=2025-02-30T10%3A00&dir=1&dir=1&sort=Name';
    expectFaults(
      await api.get(ROUTE + query),
      ['page', 'must be 1 or more', '0'],
      ['size', 'must be an integer of 32 bits', 'x'],
      ['dir', 'is given more than once', '1,1'],
      ['WebHook_Active', 'must be true or false', 'True'],
      [
        'to_WebHook_LastTrigger',
        'must be an instant that exists, as `YYYY-MM-DDTHH:mm` in UTC; seconds may follow, and `Z`',
        '2025-02-30T10:00',
      ],
      ['sort', 'is not a known parameter', 'Name'],
    );
  });
});

describe('the OpenAPI document', () => {
  it('has every parameter of the list, and the actions by name', async () => {
    const { data } = await api.get('/openapi.json');
    const parameters: { name: string; required: boolean; schema: Record<string, unknown> }[] =
      data.paths[ROUTE].get.parameters;
    const named = (name: string) => parameters.find((parameter) => parameter.name === name);
    expect(parameters).toHaveLength(21);
    expect(parameters.every(({ required }) => !required)).toBe(true);
    expect(named('size')?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 1_000 });
    expect(named('WebHook_Action')?.schema['x-enum-varnames']).toContain('BookingCreate');
    expect(named('from_WebHook_UpdatedOn')?.schema).toMatchObject({ type: 'string' });
  });
});
