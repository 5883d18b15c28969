import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { createWebhook, event, unique } from '../support/api.ts';
import { CLIENT, Installation } from '../support/installation.ts';

const KIB = 1024;
const WORKSPACE = 'company1Workspace';
const JSON_TYPE = { 'Content-Type': 'application/json' };

type Body = NonNullable<RequestInit['body']>;
type Sent = { headers?: Record<string, string>; body?: Body; duplex?: 'half' };
type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

let installation: Installation;
let bearer: { Authorization: string };

beforeAll(async () => {
  installation = await Installation.open();
  bearer = { Authorization: await bearerOf(installation) };
});
afterAll(() => installation.dispose());

async function bearerOf(of: Installation): Promise<string> {
  const body = { client_id: CLIENT.id, client_secret: CLIENT.secret, audience: '', grant_type: 'client_credentials' };
  const { data } = await of.anonymous().post<{ access_token: string }>('/oauth/token', body);
  return `Bearer ${data.access_token}`;
}

/** The bytes as they are given: no client in between that would mend them. */
async function send(request: string, { headers = {}, ...rest }: Sent = {}, to = installation): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const answer = await fetch(to.url + path, { method, headers, ...rest });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: answer.status, headers: answer.headers, text, json };
}
const post = (path: string, body: Body, headers: object = JSON_TYPE) =>
  send(`POST ${path}`, { body, headers: { ...bearer, ...headers } });

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const inChunks = (size: number): Sent => ({
  body: new Blob([new Uint8Array(size).fill(32)]).stream(),
  duplex: 'half',
});

/** What a server says to bytes that are not quite HTTP. */
const tell = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(installation.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });

function expectProblem({ status, headers, json }: Answer, expected: number): void {
  expect([status, headers.get('content-type')]).toEqual([expected, 'application/problem+json; charset=utf-8']);
  const { type, title, detail, traceId } = json;
  expect([type, json['status'], traceId]).toEqual(['about:blank', expected, headers.get('x-coro-trace-id')]);
  expect([title, detail]).toEqual([expect.stringMatching(/^[A-Z][A-Za-z ]+$/), expect.stringMatching(/./)]);
  expect(title).not.toBe('Error');
}

describe('every answer', () => {
  it.each([
    'GET /health/live',
    'HEAD /health/live',
    'GET /.well-known/jwks.json',
    'GET /openapi.json',
    'GET /docs',
    'GET /nowhere',
    'GET /workspaces/%zz',
    'GET /deliveries',
    'POST /oauth/token',
  ])('to %s carries a trace id of its own', async (request) => {
    const ids = [await send(request), await send(request)].map(({ headers }) => headers.get('x-coro-trace-id'));
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("carries the caller's W3C trace id, which is also that of what the request changed", async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { ...JSON_TYPE, traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    const { headers: answered } = await post(
      '/workspaces',
      JSON.stringify({ type: 'child', companyName: 'x' }),
      headers,
    );
    expect(answered.get('x-coro-trace-id')).toBe(traceId);
    const { data } = await installation.api.get('/activity?limit=1');
    expect(data.items).toEqual([expect.objectContaining({ kind: 'workspace-registered', traceId })]);
  });

  it.each([
    ['no version', '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['the version ff', 'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['a trace of zeros', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'],
    ['a parent of zeros', '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01'],
    ['something after it', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x'],
  ])('ignores a traceparent with %s', async (_, traceparent) => {
    const { headers } = await send('GET /nowhere', { headers: { traceparent } });
    expect(headers.get('x-coro-trace-id')).toMatch(/^(?!4bf9|0000)[0-9a-f]{32}$/);
  });
});

describe('an error', () => {
  it.each<[string, number, () => Promise<Answer>]>([
    ['an unknown route', 404, () => send('GET /nowhere')],
    ['a method a route does not have', 404, () => send('PATCH /events', { headers: bearer })],
    ['a URL that cannot be decoded', 400, () => send('GET /workspaces/%zz', { headers: bearer })],
    ['no token', 401, () => send('GET /deliveries')],
    ['a missing header', 400, () => send('GET /settings/webhooks', { headers: bearer })],
    ['an unknown query parameter', 400, () => send('GET /deliveries?colour=red', { headers: bearer })],
    ['a damaged cursor', 400, () => send('GET /deliveries?cursor=xyz', { headers: bearer })],
    ['malformed JSON', 400, () => post('/workspaces', '{"companyName":')],
    ['a prototype in the JSON', 400, () => post('/workspaces', '{"__proto__":{"type":"child"}}')],
    ['a body that is required and empty', 400, () => post('/workspaces', '')],
    ['a body of another type', 415, () => post('/workspaces', '<a/>', { 'Content-Type': 'application/xml' })],
    [
      'a form, which another site could send',
      415,
      () => post('/workspaces', 'type=child&companyName=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ],
    ['a body of plain text', 415, () => post('/events', 'hello', { 'Content-Type': 'text/plain' })],
    ['a body without a type', 415, () => post('/events', new Blob(['{}']), {})],
    [
      'an ETag that is none',
      400,
      () => send(`DELETE /settings/webhooks/x`, { headers: { ...bearer, Workspace: WORKSPACE, 'If-Match': 'x' } }),
    ],
  ])('because of %s is a problem document (%i)', async (_, status, answer) => {
    expectProblem(await answer(), status);
  });

  it('names every field that is wrong', async () => {
    const { json } = await post('/workspaces', JSON.stringify({ type: 'planet', adminEmails: 'me', extra: 1 }));
    const fields = (json['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['adminEmails', 'companyName', 'extra', 'type']);
  });

  it.each([
    [400, 'BREW /health/live HTTP/1.1\r\nHost: x\r\n\r\n'],
    [431, `GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20 * KIB)}\r\n\r\n`],
  ])('of what is no request (%i) is one as well', async (status, bytes) => {
    const [head = '', body = ''] = (await tell(bytes)).split('\r\n\r\n');
    const traceId = /^X-Coro-Trace-Id: ([0-9a-f]{32})$/m.exec(head)?.[1];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body)).toMatchObject({ status, traceId });
  });
});

describe('an id', () => {
  it('of 128 characters has its page, and one that is longer does not exist', async () => {
    const id = unique('long').padEnd(128, 'x');
    expect((await post('/events', JSON.stringify(event(WORKSPACE, { id })))).status).toBe(202);
    expect((await send(`GET /events/${id}`, { headers: bearer })).json).toMatchObject({ id });
    expectProblem(await send(`GET /events/${id}x`, { headers: bearer }), 404);
    expectProblem(await send(`GET /workspaces/${'x'.repeat(4 * KIB)}`, { headers: bearer }), 404);
  });

  it.each(['%00', '..%2f..%2fpackage.json', '%F0%9F%98%80', "';--", '__proto__'])(
    'such as %s does not exist',
    async (id) => {
      for (const path of ['/events', '/deliveries', '/workspaces', '/api-clients', '/settings/webhooks']) {
        expectProblem(await send(`GET ${path}/${id}`, { headers: { ...bearer, Workspace: WORKSPACE } }), 404);
      }
    },
  );
});

describe('a body', () => {
  it('is 256 KiB at most, however it is sent', async () => {
    expectProblem(await post('/workspaces', ' '.repeat(256 * KIB + 1)), 413);
    const headers = { ...bearer, ...JSON_TYPE };
    expectProblem(await send('POST /workspaces', { ...inChunks(257 * KIB), headers }), 413);
    const settings = JSON.stringify({ type: 'child', companyName: 'x' });
    expect((await post('/workspaces', settings.padEnd(256 * KIB))).status).toBe(201);
  });

  it('of /events is 5 MiB at most', async () => {
    expectProblem(await post('/events', ' '.repeat(5 * KIB * KIB + 1)), 413);
    expect((await post('/events', JSON.stringify(event(WORKSPACE)).padEnd(5 * KIB * KIB))).status).toBe(202);
    const many = (count: number) => JSON.stringify(Array.from({ length: count }, () => 1));
    expectProblem(await post('/events', many(1_001)), 413);
    expectProblem(await post('/events', many(1_000)), 400);
  });

  it('is nested 64 levels deep at most', async () => {
    const tooDeep = /nested deeper than 64/;
    expect((await post('/events', nested(64))).json['detail']).not.toMatch(tooDeep);
    const refused = await post('/events', nested(65));
    expectProblem(refused, 400);
    expect(refused.json['detail']).toMatch(tooDeep);
    expectProblem(await post('/events', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), 400);
  });

  it('may be announced and empty where none is needed', async () => {
    const id = await createWebhook(installation.api, WORKSPACE, 'http://127.0.0.1:9/');
    const headers = { ...JSON_TYPE, Workspace: WORKSPACE };
    expect((await post(`/settings/webhooks/${id}/test`, '', headers)).status).toBe(202);
    const removed = await send(`DELETE /settings/webhooks/${id}`, { headers: { ...bearer, ...headers } });
    expect(removed.status).toBe(204);
  });
});
