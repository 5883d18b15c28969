import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { CLIENT, Installation } from '../support/installation.ts';

const PUBLIC_URL = 'https://hooks.acme.example';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

let installation: Installation;
let anyone: AxiosInstance;

beforeAll(async () => {
  installation = await Installation.open({ env: { HEADER_PREFIX: 'X-Acme', PUBLIC_URL: `${PUBLIC_URL}/` } });
  anyone = installation.anonymous();
});
afterAll(() => installation.dispose());

describe('the header prefix', () => {
  it('names the trace id, also of errors that come before any route', async () => {
    for (const path of ['/health/live', '/nowhere', '/workspaces/%zz']) {
      const { headers } = await anyone.get(path);
      expect([path, headers['x-acme-trace-id']]).toEqual([path, expect.stringMatching(/^[0-9a-f]{32}$/)]);
      expect(headers).not.toHaveProperty('x-coro-trace-id');
    }
  });

  it('names the headers of the documented alerts', async () => {
    const { data } = await anyone.get('/openapi.json');
    const names = data.webhooks['workspace-created'].post.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['X-Acme-Hook-Id', 'X-Acme-Hook-Type', 'X-Acme-Signature']));
    expect(data.servers).toEqual([{ url: PUBLIC_URL }]);
  });
});

describe('the token endpoint', () => {
  const client = { client_id: CLIENT.id, client_secret: CLIENT.secret };
  const asked = { ...client, audience: '', grant_type: 'client_credentials' };
  const { audience: _, ...withoutAudience } = asked;
  const basic = { Authorization: `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}` };
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const deep = `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`;

  const ask = async (headers: Record<string, string>, body: string) => {
    const answer = await anyone.post('/oauth/token', body, { headers, transformRequest: (given: string) => given });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'content-type': expect.stringMatching(/^application\/json\b/),
      'x-acme-trace-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    return answer;
  };

  it.each<[string, Record<string, string>, string]>([
    ['JSON', JSON_TYPE, JSON.stringify(asked)],
    ['JSON, for the public URL', JSON_TYPE, JSON.stringify({ ...asked, audience: PUBLIC_URL })],
    ['JSON, for the public URL and a slash', JSON_TYPE, JSON.stringify({ ...asked, audience: `${PUBLIC_URL}/` })],
    ['a form', FORM, form(asked)],
    ['a form, for the public URL', FORM, form({ ...asked, audience: PUBLIC_URL })],
    ['a form, with the client in Basic', { ...FORM, ...basic }, form({ grant_type: 'client_credentials' })],
    ['JSON, with the client in Basic', { ...JSON_TYPE, ...basic }, '{"audience":"","grant_type":"client_credentials"}'],
  ])('takes %s', async (_name, headers, body) => {
    const { status, data } = await ask(headers, body);
    expect([status, data]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'Bearer', expires_in: 86_400 },
    ]);
    const workspaces = await installation
      .anonymous({ Authorization: `Bearer ${data.access_token}` })
      .get('/workspaces');
    expect(workspaces.status).toBe(200);
  });

  it.each<[string, string, number, Record<string, string>, string]>([
    [
      'another audience',
      'invalid_request',
      400,
      JSON_TYPE,
      JSON.stringify({ ...asked, audience: 'https://x.example' }),
    ],
    ['no audience in JSON', 'invalid_request', 400, JSON_TYPE, JSON.stringify(withoutAudience)],
    ['no grant type', 'invalid_request', 400, FORM, form(client)],
    ['a parameter given twice', 'invalid_request', 400, FORM, `${form(asked)}&client_id=x`],
    ['two ways to authenticate', 'invalid_request', 400, { ...FORM, ...basic }, form(asked)],
    ['another grant type', 'unsupported_grant_type', 400, FORM, form({ ...asked, grant_type: 'password' })],
    ['an unknown scope', 'invalid_scope', 400, FORM, form({ ...asked, scope: 'webhooks:eat' })],
    ['a wrong secret', 'invalid_client', 401, FORM, form({ ...asked, client_secret: 'wrong' })],
    ['an unknown client', 'invalid_client', 401, FORM, form({ ...asked, client_id: 'nobody' })],
    ['malformed JSON', 'invalid_request', 400, JSON_TYPE, '{"client_id":'],
    ['JSON that is nested too deep', 'invalid_request', 400, JSON_TYPE, deep],
    ['nothing', 'invalid_request', 400, JSON_TYPE, ''],
    ['a list', 'invalid_request', 400, JSON_TYPE, '[]'],
    ['plain text', 'invalid_request', 400, { 'Content-Type': 'text/plain' }, 'hello'],
    ['a body that is too large', 'invalid_request', 400, FORM, `x=${'x'.repeat(300_000)}`],
  ])('refuses %s as RFC 6749 says: %s (%i)', async (_name, error, status, headers, body) => {
    const answer = await ask(headers, body);
    expect([answer.status, answer.data]).toEqual([status, { error, error_description: expect.any(String) }]);
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="/);
  });
});

describe('the clock of the machine', () => {
  it('cannot be moved, nor is that documented', async () => {
    const { api } = installation;
    const statuses = [
      await api.get('/testing/clock'),
      await api.put('/testing/clock', { now: '2099-01-01T00:00:00Z' }),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([404, 404]);
    const { data } = await anyone.get('/openapi.json');
    expect(Object.keys(data.paths).filter((path) => path.includes('testing'))).toEqual([]);
  });
});

describe('what nobody expected', () => {
  it('is answered without a word of the inside', async () => {
    await installation.parts.readModel.close();
    const { status, data, headers } = await installation.api.get('/deliveries');
    expect([status, data]).toEqual([
      500,
      {
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: 'Something went wrong on our side; the trace id finds it in the log.',
        traceId: headers['x-acme-trace-id'],
      },
    ]);
  });
});
