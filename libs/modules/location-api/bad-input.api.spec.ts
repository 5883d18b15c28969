import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import {
  AS_TEXT,
  bodyOf,
  createIn,
  expectFailure,
  expectFaults,
  openLocation,
  ROUTE,
  TARGET,
} from './envelope/testing/location-requests.ts';

const REQUIRED = 'is a required field';
const NO_ACTION = 'is not an action: they are 1 to 90';
const NO_LOCATION = 'is not a location you have access to';
const UNKNOWN_LOCATION = 2_147_483_646;

let installation: Installation;
let api: AxiosInstance;
let here: { businessId: number; workspaceId: string };
let elsewhere: typeof here;
let id: number;

beforeAll(async () => {
  installation = await Installation.open();
  api = installation.api;
  elsewhere = await openLocation(api);
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  here = await openLocation(api);
  id = await createIn(api, here.businessId);
});

const body = (changes: object = {}) => bodyOf(here.businessId, changes);
const create = (given: unknown, as = api) => as.post(ROUTE, given, AS_TEXT);
const update = (given: unknown, as = api) => as.put(ROUTE, given, AS_TEXT);

describe('a request with faults', () => {
  it('is refused with the published envelope, letter for letter', async () => {
    const { status, data } = await create(body({ Name: undefined }));
    expect([status, data]).toEqual([
      400,
      '{"Message":"Name: is a required field","Value":null,"Errors":[{"AttemptedValue":null,' +
        '"Message":"is a required field","PropertyName":"Name"}],"WasSuccessful":false}',
    ]);
  });

  it('is told all that is missing', async () => {
    const missing = ['BusinessId', 'Name', 'Action', 'URL'].map((field) => [field, REQUIRED, null] as const);
    expectFaults(await create({}), ...missing);
    expectFaults(await update({}), ['Id', REQUIRED, null], ...missing);
    expectFaults(await create({ BusinessId: null, Name: null, Action: null, URL: null }), ...missing);
    expectFaults(await create(body({ Name: '', URL: '' })), ['Name', REQUIRED, ''], ['URL', REQUIRED, '']);
  });

  it('is told every wrong type, and what it was', async () => {
    const wrong = { BusinessId: '5', Name: [], Action: 6.5, URL: [TARGET], Description: {}, Active: 'yes' };
    const faults = [
      ['BusinessId', 'must be an integer', '5'],
      ['Name', 'must be text', []],
      ['Action', 'must be an integer', 6.5],
      ['URL', 'must be text', [TARGET]],
      ['Description', 'must be text', {}],
      ['Active', 'must be true or false', 'yes'],
    ] as const;
    expectFaults(await create(wrong), ...faults);
    expectFaults(await update({ ...wrong, Id: true }), ['Id', 'must be an integer', true], ...faults);
  });

  it('is told everything at once, of whatever kind', async () => {
    const url = 'ftp://doors.example/';
    expectFaults(
      await create({ BusinessId: UNKNOWN_LOCATION, Action: 91, URL: url, Active: 1, Colour: 'red' }),
      ['BusinessId', NO_LOCATION, UNKNOWN_LOCATION],
      ['Name', REQUIRED, null],
      ['Action', NO_ACTION, 91],
      ['URL', 'The URL must begin with https:// or http://.', url],
      ['Active', 'must be true or false', 1],
      ['Colour', 'is not a known field', 'red'],
    );
  });

  it.each([0, -1, 91, 1_000])('knows no action %i', async (Action) => {
    expectFaults(await create(body({ Action })), ['Action', NO_ACTION, Action]);
    expectFaults(await update(body({ Id: id, Action })), ['Action', NO_ACTION, Action]);
  });

  it.each([
    ['nowhere', 'The URL is not a valid absolute URL.'],
    ['https://user:secret@doors.example/', 'The URL contains credentials; use a header instead.'],
    [`https://doors.example/${'x'.repeat(2_048)}`, 'The URL is longer than 2048 characters.'],
  ])('has no target in %.40s', async (URL, message) => {
    expectFaults(await create(body({ URL })), ['URL', message, URL]);
  });

  it('changes nothing', async () => {
    const before = await installation.parts.eventStore.head();
    await create(body({ Action: 0 }));
    await update(body({ Id: id, Name: '', URL: TARGET }));
    await api.delete(`${ROUTE}/one`);
    expect(await installation.parts.eventStore.head()).toBe(before);
  });
});

describe('a location', () => {
  it('is one that is out of reach as little as one that is not there', async () => {
    const local = await clientOf(installation, here.workspaceId, ['webhooks:read', 'webhooks:write']);
    for (const businessId of [elsewhere.businessId, UNKNOWN_LOCATION, 0, -5]) {
      expectFaults(await create(bodyOf(businessId), local), ['BusinessId', NO_LOCATION, businessId]);
    }
    expect((await create(body(), local)).status).toBe(200);
  });

  it('is reached in the descendants of that of a client', async () => {
    const child = await openLocation(api, here.workspaceId);
    const local = await clientOf(installation, here.workspaceId, ['location-webhooks:create']);
    expect((await create(bodyOf(child.businessId), local)).status).toBe(200);
  });
});

describe('an Id', () => {
  it('of another location is a fault among the others', async () => {
    const other = await createIn(api, elsewhere.businessId);
    const fault = ['Id', 'is a webhook of another location', other] as const;
    expectFaults(await update(body({ Id: other })), fault);
    expectFaults(
      await update(body({ Id: other, Name: '', Action: 91 })),
      fault,
      ['Name', REQUIRED, ''],
      ['Action', NO_ACTION, 91],
    );
    expect((await api.get(`${ROUTE}/${other}`)).data).toMatchObject({ BusinessId: elsewhere.businessId });
  });

  it('that is unknown or out of reach does not exist, once nothing else is wrong', async () => {
    const local = await clientOf(installation, here.workspaceId, ['webhooks:read', 'webhooks:write']);
    const far = await createIn(api, elsewhere.businessId);
    for (const Id of [far, 2_147_483_647]) {
      expectFailure(await update(body({ Id }), local), 404, 'The webhook does not exist.');
      expectFaults(await update(body({ Id, Name: null }), local), ['Name', REQUIRED, null]);
      expectFailure(await local.delete(`${ROUTE}/${Id}`), 404, 'The webhook does not exist.');
    }
    expect((await api.get(`${ROUTE}/${far}`)).status).toBe(200);
  });

  it.each(['one', '1.5', '1e3', '0x10', ' '])('is an integer in the path, too, and not %j', async (text) => {
    const answer = await api.delete(`${ROUTE}/${encodeURIComponent(text)}`);
    expectFaults(answer, ['Id', 'must be an integer', text]);
  });
});

describe('what no webhook can be read from', () => {
  const as = (type: string, given: string) => api.post(ROUTE, given, { headers: { 'Content-Type': type } });
  const nested = (levels: number) => `${'{"Name":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each(['', 'null', '[]', '[{}]', '"text"', '5', '{', '{"Name":', '{"__proto__":{}}', nested(65)])(
    'is refused as a whole: %.20j',
    async (text) => expectFailure(await as('application/json', text), 400, expect.stringMatching(/./)),
  );

  it.each<[string, number, () => Promise<Awaited<ReturnType<typeof as>>>]>([
    ['another type', 415, () => as('text/plain', 'Name')],
    ['a form', 415, () => as('application/x-www-form-urlencoded', 'Name=Doors')],
    ['too large', 413, () => as('application/json', JSON.stringify({ Name: 'x'.repeat(256 * 1024) }))],
    ['another method', 404, () => api.patch(ROUTE, {})],
    ['another method of one', 404, () => api.put(`${ROUTE}/${id}`, {})],
    ['no route at all', 404, () => api.get(`${ROUTE}/${id}/logs`)],
    ['what cannot be decoded', 400, () => api.get(`${ROUTE}/%zz`)],
  ])('is told in the envelope: %s', async (_, status, request) => {
    expectFailure(await request(), status, expect.stringMatching(/./));
  });

  it('is a problem document where the dialect ends', async () => {
    for (const path of ['/api/sys/webhook', '/api/sys/webhooks-of-others', '/api/sys']) {
      const { status, headers } = await api.get(path);
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    }
  });
});
