import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { SCOPES } from '../../libs/modules/identity/scopes.ts';
import { actions } from '../../libs/modules/webhook-configuration/contract.ts';
import { Installation } from '../support/installation.ts';
import { examplesIn, OpenApi, type Media, type Placed } from './open-api.ts';

/** Errors that are no problem documents: RFC 6749 has its own, and who asks for readiness wants the reasons. */
const OTHER_ERRORS: Record<string, readonly string[]> = {
  'POST /oauth/token': ['400', '401', '429'],
  'GET /health/ready': ['503'],
};
/** In the location dialect every error is in the envelope of that dialect. */
const LOCATION_WEBHOOKS = '/api/sys/webhooks';
const PAGES = /^\/(docs(\/|$)|openapi\.json$|console(\/|$))/;

let installation: Installation;
let openApi: OpenApi;
/** Every route the server registered, as `GET /path/{id}`. */
const served = new Set<string>();

/** Fastify announces each instance it makes, before anything is registered on it. */
const watchRoutes = (message: unknown) => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat().filter((m) => m !== 'HEAD')) {
      served.add(`${verb} ${url.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`);
    }
  });
};

beforeAll(async () => {
  subscribe('fastify.initialization', watchRoutes);
  installation = await Installation.open();
  unsubscribe('fastify.initialization', watchRoutes);
  openApi = await OpenApi.of(installation.anonymous());
});
afterAll(() => installation.dispose());

/** What is wrong, over all operations: each fault with the operation it belongs to. */
const faults = (of: (operation: Placed) => (string | false | undefined)[]): string[] =>
  openApi.operations.flatMap((operation) =>
    of(operation)
      .filter((fault) => typeof fault === 'string')
      .map((fault) => `${operation.name}: ${fault}`),
  );

const faultsOfMedia = (where: string, content: Record<string, Media> | undefined): (string | undefined)[] =>
  Object.entries(content ?? {}).flatMap(([type, media]) => {
    const { schema } = media;
    if (!schema) return [`${where} as ${type} has no schema`];
    const examples = examplesIn(media);
    if (examples.length === 0) return [`${where} as ${type} has no example`];
    return examples.map((example) => {
      const mismatch = openApi.mismatch(schema, example);
      return mismatch && `${where} as ${type}: the example does not fit: ${mismatch}`;
    });
  });

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(openApi.document.openapi).toMatch(/^3\.1\./);
    const document = structuredClone(openApi.document) as unknown as Record<string, unknown>;
    expect(await new Validator().validate(document)).toEqual({ valid: true });
  });

  it('has every route of the server, and no other', () => {
    const routes = [...served].filter((route) => !PAGES.test(route.split(' ')[1] ?? ''));
    expect(openApi.operations.map(({ name }) => name).sort()).toEqual(routes.sort());
    expect(routes.length).toBeGreaterThan(20);
  });

  it('names each operation once', () => {
    const ids = openApi.operations.map(({ operationId }) => operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('says of each operation which scope it needs, what it does, and where it belongs', () => {
    expect(
      faults(({ 'x-scope': scope = '', summary, tags = [], security = [] }) => [
        ![...SCOPES, 'public', 'session'].includes(scope) && `'${scope}' is no scope`,
        !summary && 'no summary',
        tags.length !== 1 && `${tags.length} tags`,
        security.length > 0 === (scope === 'public') && 'the security requirement contradicts the scope',
      ]),
    ).toEqual([]);
  });

  it('describes every parameter', () => {
    expect(
      faults(({ parameters = [], pathParameters }) => [
        ...pathParameters.map(
          (name) => !parameters.some((p) => p.in === 'path' && p.name === name && p.required) && `no parameter ${name}`,
        ),
        ...parameters.map(({ name, schema }) => !schema && `${name} has no schema`),
        ...parameters.map((p) => p.in === 'header' && !p.description && `the header ${p.name} has no description`),
      ]),
    ).toEqual([]);
  });

  it('has one success for each operation, with a schema and an example unless it has no body', () => {
    expect(
      faults(({ responses }) => {
        const [status, ...others] = Object.keys(responses).filter((code) => code.startsWith('2'));
        if (!status || others.length > 0) return ['not one success'];
        const { content } = responses[status] ?? {};
        const bodiless = ['202', '204'].includes(status);
        return content ? faultsOfMedia(status, content) : [!bodiless && `${status} has no body`];
      }),
    ).toEqual([]);
  });

  it('has the errors that follow from what an operation takes', () => {
    expect(
      faults(({ 'x-scope': scope, responses, requestBody, pathParameters, parameters = [] }) => {
        const has = (status: string) => responses[status] !== undefined;
        const isPublic = scope === 'public';
        const takesQuery = parameters.some((parameter) => parameter.in === 'query');
        const takesWorkspace = parameters.some(({ name }) => name === 'Workspace');
        const takesRevision = parameters.some(({ name }) => name === 'If-Match');
        return [
          !isPublic && !has('401') && 'no 401',
          !isPublic && !has('403') && 'no 403',
          (pathParameters.length > 0 || takesWorkspace) && !has('404') && 'no 404',
          (requestBody !== undefined || takesQuery || takesWorkspace || takesRevision) && !has('400') && 'no 400',
          takesRevision && !has('412') && 'no 412',
        ];
      }),
    ).toEqual([]);
  });

  it('takes sessions besides bearer tokens, and HTTP Basic in the location dialect alone', () => {
    const ofLocations = openApi.operations.filter(({ path }) => path.startsWith(LOCATION_WEBHOOKS));
    expect(ofLocations.map(({ name }) => name).sort()).toEqual([
      ...['DELETE /api/sys/webhooks/{id}', 'GET /api/sys/webhooks', 'GET /api/sys/webhooks/{id}'],
      ...['POST /api/sys/webhooks', 'PUT /api/sys/webhooks'],
    ]);
    expect(
      faults(({ 'x-scope': scope, path, security = [], tags }) => {
        const schemes = security.flatMap((requirement) => Object.keys(requirement)).sort();
        const isOfLocations = path.startsWith(LOCATION_WEBHOOKS);
        const ofScope = isOfLocations ? ['basic', 'bearer', 'cookie'] : ['bearer', 'cookie'];
        const wanted = scope === 'public' ? [] : scope === 'session' ? ['cookie'] : ofScope;
        return [
          schemes.join() !== wanted.join() && `takes ${schemes.join()}`,
          isOfLocations !== (tags?.[0] === 'Location webhooks') && 'stands in the wrong place',
        ];
      }),
    ).toEqual([]);
    const { securitySchemes } = openApi.document.components as { securitySchemes?: object };
    expect(securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      basic: { type: 'http', scheme: 'basic' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'carillon_session' },
    });
  });

  it('has a problem document for each error, whose example is one', () => {
    expect(
      faults(({ name, path, responses }) =>
        Object.entries(responses).flatMap(([status, { content }]) => {
          if (Number(status) < 400) return [];
          const isOther = path.startsWith(LOCATION_WEBHOOKS) || (OTHER_ERRORS[name]?.includes(status) ?? false);
          const type = isOther ? 'application/json' : 'application/problem+json';
          const [example] = examplesIn(content?.[type] ?? {}) as { status?: number }[];
          return [
            Object.keys(content ?? {}).join() !== type && `${status} is not ${type}`,
            !isOther && example?.status !== Number(status) && `the example of ${status} says ${example?.status}`,
            ...faultsOfMedia(status, content),
          ];
        }),
      ),
    ).toEqual([]);
  });

  it('has a schema and an example that fits for each request body', () => {
    expect(faults(({ requestBody }) => faultsOfMedia('the body', requestBody?.content))).toEqual([]);
    const withBody = openApi.operations.filter(({ requestBody }) => requestBody);
    expect(withBody.map(({ method }) => method)).not.toContain('GET');
  });

  it('takes an empty object wherever the body may be left out', () => {
    const optional = openApi.operations.filter(({ requestBody }) => requestBody?.required === false);
    expect(optional.map(({ name }) => name)).toContain('POST /settings/webhooks/{id}/enable');
    expect(
      faults(({ requestBody }) => {
        const { schema } = requestBody?.content['application/json'] ?? {};
        return [requestBody?.required === false && schema && openApi.mismatch(schema, {})];
      }),
    ).toEqual([]);
  });

  it('has the alerts of the catalog, as it is now', async () => {
    const trigger = {
      type: 'device-quarantined',
      label: 'Device quarantined',
      description: 'Cut off',
      schema: { type: 'object', required: ['deviceId'], properties: { deviceId: { type: 'string' } } },
      example: { deviceId: 'device-7' },
    };
    expect((await installation.api.post('/triggers', trigger)).status).toBe(201);
    const now = await OpenApi.of(installation.anonymous());
    const { data } = await installation.api.get('/triggers');
    const types = data.items.map(({ type }: { type: string }) => type);
    expect(types).toContain('device-quarantined');
    expect(Object.keys(now.document.webhooks).sort()).toEqual([...types, 'test'].sort());
    for (const [type, { post }] of Object.entries(now.document.webhooks)) {
      const media = post.requestBody?.content['application/json'] ?? {};
      const fits = (value: unknown) => now.mismatch(media.schema ?? {}, value) === undefined;
      const examples = examplesIn(media) as [{ type: string; data: object }, object[]];
      expect([type, examples.length, ...examples.map(fits)]).toEqual([type, 2, true, true]);
      const [envelope, records] = examples;
      expect(envelope).toMatchObject({ type });
      expect(records).toEqual([envelope.data]);
      const others = [{ ...envelope, type: 'other' }, [], [...records, ...records], [envelope.data, 1], ['record']];
      expect([type, others.filter(fits)]).toEqual([type, []]);
      const required = (of: boolean) => post.parameters?.filter((p) => p.required === of).map(({ name }) => name);
      expect(required(true)).toEqual(expect.arrayContaining(['X-Coro-Hook-Id', 'webhook-signature']));
      expect(required(false)).toEqual(['X-Coro-Signature', 'X-Nexudus-Hook-Signature']);
    }
    for (const { number, name, trigger } of actions) {
      const { description } = now.document.webhooks[trigger]?.post ?? {};
      expect(description).toContain(`action ${number} (\`${name}\`)`);
    }
  });
});

describe('Swagger UI', () => {
  it('is a page at /docs, to which its parts belong', async () => {
    const anyone = installation.anonymous();
    const page = await anyone.get('/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.data).toContain('Carillon API');
    const parts = [...String(page.data).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => part);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      const { status } = await anyone.get(new URL(part, `${installation.url}/docs`).pathname);
      expect([part, status]).toEqual([part, 200]);
    }
  });
});
