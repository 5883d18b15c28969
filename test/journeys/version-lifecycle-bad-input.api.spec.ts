import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { clientOf, createWebhook, registerWorkspace, webhookBody } from '../support/api.ts';
import { CLIENT, Installation } from '../support/installation.ts';
import { SECOND, THIRD, type Release } from './version-lifecycle-shapes.ts';

const DAY = 86_400_000;
const COUNTED = 'protected-users-count-updated';
const WORKSPACE = 'company';
const URL = 'http://127.0.0.1:9/';

/** What the first version has, but as a number. */
const sound = {
  schema: { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } },
  example: { count: 26 },
  downgrade: '{ "count": $string(count) }',
};
const release = (changes: object = {}, name = '2027-01'): Release => ({
  name,
  triggers: { [COUNTED]: { ...sound, ...changes } },
});

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.start();
  await registerWorkspace(installation.api, WORKSPACE);
});
afterAll(() => installation.dispose());

const post = (path: string, body?: unknown) => installation.api.post(path, body, { headers: { Workspace: WORKSPACE } });
const put = (path: string, body: unknown) => installation.api.put(path, body, { headers: { Workspace: WORKSPACE } });

function expectProblem({ status, headers, data }: AxiosResponse, expected: number, says: RegExp, field?: string): void {
  expect({ status, data }).toMatchObject({ status: expected, data: { status: expected } });
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(data.detail).toMatch(says);
  expect(data.traceId).toBe(headers['x-coro-trace-id']);
  const fields = (data.errors ?? []) as { field: string; message: string }[];
  if (field !== undefined) expect(fields.map((error) => error.field)).toContain(field);
}

async function pass(milliseconds: number): Promise<void> {
  await installation.pass(milliseconds);
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
}

describe('a version that nobody released', () => {
  it.each(['', '/postpone', '/withdraw'])('is not found: /versions/{name}%s', async (path) => {
    const answer =
      path === ''
        ? installation.api.get('/versions/none')
        : post(`/versions/none${path}`, { expiresAt: '2040-01-01T00:00:00Z' });
    expectProblem(await answer, 404, /version/i);
  });

  it('is none to make a webhook on, to move one to, or to draft one on', async () => {
    const id = await createWebhook(installation.api, WORKSPACE, URL);
    const body = webhookBody(URL, { version: 'none' });
    expectProblem(await post('/settings/webhooks', body), 400, /version/, 'version');
    expectProblem(await put(`/settings/webhooks/${id}`, body), 400, /version/, 'version');
    expectProblem(await put(`/settings/webhooks/${id}/draft`, { version: 'none' }), 400, /version/, 'version');
  });
});

describe('a draft that does not exist', () => {
  it('cannot be viewed, tested, published or discarded', async () => {
    const id = await createWebhook(installation.api, WORKSPACE, URL);
    const draft = `/settings/webhooks/${id}/draft`;
    const headers = { Workspace: WORKSPACE };
    expectProblem(await installation.api.get(draft, { headers }), 404, /draft/i);
    expectProblem(await installation.api.delete(draft, { headers }), 404, /draft/i);
    expectProblem(await post(`${draft}/test`), 404, /draft/i);
    expectProblem(await post(`${draft}/publish`), 404, /draft/i);
  });
});

describe('a release', () => {
  const downgrade = `triggers.${COUNTED}.downgrade`;

  it.each([
    ['does not compile', '{ "count": $string(count ', /compile|expect|syntax/i],
    ['calls what there is not', '{ "count": $nothing(count) }', /./],
    ['fails', '{ "count": $number("many") & $error("no") }', /./],
    ['loops', '($forever := function($n) { $forever($n + 1) }; $forever(0))', /time|50 ms|limit|long/i],
    [
      'grows without end',
      '($grow := function($text) { $grow($text & $text) }; $grow("more"))',
      /too large|time|memory/i,
    ],
    ['gives no object', '"26"', /object/i],
  ])('whose downgrade %s is refused', async (_, expression, says) => {
    expectProblem(await post('/versions', release({ downgrade: expression })), 400, says, downgrade);
  });

  it('whose downgrade makes what the version before does not take is refused, and told what differs', async () => {
    const answer = await post('/versions', release({ downgrade: '{ "count": count }' }));
    expectProblem(answer, 400, /count must be string/, downgrade);
    expect(answer.data.downgraded).toEqual({ [COUNTED]: { count: 26 } });
    const lacks = await post('/versions', release({ downgrade: '{ "previousCount": $string(count) }' }));
    expectProblem(lacks, 400, /count is required/, downgrade);
  });

  it.each([
    ['a schema that is none', { schema: { type: 'number-like' } }, 'schema'],
    ['an example that does not fit its schema', { example: { count: 'many' } }, 'example.count'],
  ])('with %s is refused', async (_, changes, field) => {
    expectProblem(await post('/versions', release(changes)), 400, /./, `triggers.${COUNTED}.${field}`);
  });

  it('of a trigger that is not in the catalog, or of none at all, is refused', async () => {
    const unknown = await post('/versions', { name: '2027-01', triggers: { 'door-opened': sound } });
    expectProblem(unknown, 400, /catalog/, 'triggers.door-opened');
    expectProblem(await post('/versions', { name: '2027-01', triggers: {} }), 400, /trigger/, 'triggers');
    expectProblem(await post('/versions', { ...release(), name: 'the next one' }), 400, /name/, 'name');
  });

  it('is for a token of the root workspace', async () => {
    const theirs = await clientOf(installation, WORKSPACE, ['versions:write', 'versions:read']);
    expectProblem(await theirs.post('/versions', release()), 403, /root/);
    expectProblem(
      await theirs.post(`/versions/${FIRST_VERSION}/postpone`, { expiresAt: '2040-01-01T00:00:00Z' }),
      403,
      /root/,
    );
    expectProblem(await theirs.post(`/versions/${FIRST_VERSION}/withdraw`), 403, /root/);
  });

  it('that is refused leaves nothing behind', async () => {
    const { data } = await installation.api.get('/versions');
    expect(data.items.map(({ name }: { name: string }) => name)).toEqual([FIRST_VERSION]);
    expect(await installation.api.get('/notices')).toMatchObject({ data: { items: [] } });
  });
});

describe('a version that is superseded', () => {
  let webhook = '';
  beforeAll(async () => {
    webhook = await createWebhook(installation.api, WORKSPACE, URL);
    const { status, data } = await post('/versions', SECOND);
    expect({ status, data }).toMatchObject({ status: 201 });
    await installation.settled();
  });

  it('keeps its name, as the one that supersedes it does', async () => {
    expectProblem(await post('/versions', SECOND), 409, /name/);
    expectProblem(await post('/versions', { ...THIRD, name: FIRST_VERSION }), 409, /name/);
  });

  it('is postponed to a later date in the future only, and the current one not at all', async () => {
    const postpone = (name: string, expiresAt: string) => post(`/versions/${name}/postpone`, { expiresAt });
    expectProblem(await postpone(FIRST_VERSION, '2020-01-01T00:00:00Z'), 400, /future/, 'expiresAt');
    expectProblem(await postpone(FIRST_VERSION, '2027-01-01T00:00:00Z'), 400, /later/, 'expiresAt');
    expectProblem(await postpone(FIRST_VERSION, 'next summer'), 400, /expiresAt/, 'expiresAt');
    expectProblem(await postpone(SECOND.name, '2040-01-01T00:00:00Z'), 409, /current/);
  });

  it('cannot be withdrawn, and the first version never', async () => {
    expectProblem(await post(`/versions/${FIRST_VERSION}/withdraw`), 409, /first|superseded/);
  });

  it('is no version to enable, make, move or draft a webhook on once it has expired', async () => {
    const drafted = await createWebhook(installation.api, WORKSPACE, URL, { version: SECOND.name });
    expect((await put(`/settings/webhooks/${drafted}/draft`, { version: FIRST_VERSION, name: 'Back' })).status).toBe(
      200,
    );
    await pass(190 * DAY);
    expectProblem(await post(`/settings/webhooks/${webhook}/enable`), 409, /expired/);
    const body = webhookBody(URL, { version: FIRST_VERSION });
    expectProblem(await post('/settings/webhooks', body), 409, /expired/);
    expectProblem(await put(`/settings/webhooks/${drafted}`, body), 409, /expired/);
    expectProblem(await put(`/settings/webhooks/${drafted}/draft`, { version: FIRST_VERSION }), 409, /expired/);
    expectProblem(await post(`/settings/webhooks/${drafted}/draft/test`), 409, /expired/);
    expectProblem(await post(`/settings/webhooks/${drafted}/draft/publish`), 409, /expired/);
    const late = await post(`/versions/${FIRST_VERSION}/postpone`, { expiresAt: '2040-01-01T00:00:00Z' });
    expectProblem(late, 409, /expired/);
  });
});
