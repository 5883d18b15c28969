import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scopesOf } from '../../libs/modules/accounts/contract.ts';
import { SCOPES, widened } from '../../libs/modules/identity/scopes.ts';
import { challengeOf } from '../../libs/platform/http/index.ts';
import type { Placed } from '../api/open-api.ts';
import { event, publish, unique } from '../support/api.ts';
import { CLIENT } from '../support/installation.ts';
import { faultsOf, not, nothingIn } from './faults.ts';
import { seenOf, type Place } from './marked-place.ts';
import { ask, isForTheRoot, isOfTheSession, requestsFor, type Asked } from './requests-for.ts';
import { guarded, narrowed, plantTwoTrees, type TwoTrees } from './two-trees.ts';

let trees: TwoTrees;
beforeAll(async () => {
  trees = await plantTwoTrees();
});
afterAll(() => trees.dispose());

const takesBasic = ({ security = [] }: Placed): boolean => security.some((scheme) => 'basic' in scheme);

/** A token of someone who has one, widened by hand. */
async function forged(): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret } = trees.birch;
  const body = { client_id, client_secret, audience: '', grant_type: 'client_credentials', scope: 'events:read' };
  const { data } = await trees.installation.anonymous().post('/oauth/token', body);
  const [header, payload = '', signature] = String(data.access_token).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const widened = Buffer.from(JSON.stringify({ ...claims, scope: SCOPES.join(' ') })).toString('base64url');
  return [header, widened, signature].join('.');
}

describe('a request without a good token', () => {
  it('is let in at the public routes alone', () => {
    const open = trees.openApi.operations.filter((operation) => operation['x-scope'] === 'public');
    expect(open.map(({ name }) => name).sort()).toEqual([
      'GET /.well-known/jwks.json',
      'GET /health/live',
      'GET /health/ready',
      'POST /oauth/token',
      'POST /password-links',
      'POST /password-links/check',
      'POST /password-links/redeem',
      'POST /session',
      'POST /session/link',
    ]);
    expect(guarded(trees.openApi).length).toBeGreaterThan(25);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['but without any', async () => ({})],
    ['but with something that is none', async () => ({ Authorization: 'Bearer garbage' })],
    ['but with a forged one', async () => ({ Authorization: `Bearer ${await forged()}` })],
    ['but with a secret that is none', async () => ({ Authorization: `Basic ${btoa('somebody:garbage')}` })],
    [
      'but with a cookie that is none',
      async () => ({ Cookie: 'carillon_session=some.thing', 'Carillon-Console': '1' }),
    ],
  ])('%s is refused everywhere else', async (_, headers) => {
    const anyone = trees.installation.anonymous(await headers());
    expect(
      await faultsOf(trees, anyone, trees.alder, trees.alder, (operation, answer) => {
        return (
          not(answer, 401) ||
          (answer.headers['www-authenticate'] !== challengeOf({ takesBasic: takesBasic(operation) }) && 'no challenge')
        );
      }),
    ).toEqual([]);
  });

  it("but with a client's secret is let in where Basic is taken, and nowhere else", async () => {
    const api = trees.installation.anonymous({ Authorization: `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}` });
    const { alder, openApi } = trees;
    const takers = guarded(openApi).filter(takesBasic);
    expect([...new Set(takers.map(({ path }) => path))]).toEqual(['/api/sys/webhooks', '/api/sys/webhooks/{id}']);
    for (const operation of guarded(openApi)) {
      const [request] = requestsFor(operation, alder, alder);
      if (takesBasic(operation) && operation.method !== 'GET') continue;
      const answer = request && (await ask(api, request));
      expect([operation.name, answer?.status]).toEqual([operation.name, takesBasic(operation) ? 200 : 401]);
    }
  });
});

describe('a token that lacks a scope', () => {
  it('is refused by every route that needs it', async () => {
    const { alder, installation, openApi } = trees;
    for (const scope of SCOPES) {
      const others = SCOPES.filter((other) => !widened([other]).has(scope));
      const api = await narrowed(installation, others);
      const needing = guarded(openApi).filter((operation) => operation['x-scope'] === scope);
      expect([scope, needing.length]).not.toEqual([scope, 0]);
      for (const operation of needing) {
        for (const request of requestsFor(operation, alder, alder)) {
          const answer = await ask(api, request);
          expect([operation.name, answer.status]).toEqual([operation.name, 403]);
          expect(seenOf(alder, answer, JSON.stringify(request))).toEqual([]);
        }
      }
    }
  });
});

describe('a token with every scope', () => {
  it.each<[string, () => [Place, Place]]>([
    ['a sibling', () => [trees.birch, trees.alder]],
    ["a parent's sibling", () => [trees.birch, trees.alderChild]],
    ["a sibling's child", () => [trees.birchChild, trees.alder]],
    ['a child', () => [trees.alderChild, trees.alder]],
  ])('of %s gets nothing out of its reach', async (_, places) => {
    const [home, target] = places();
    expect(
      await faultsOf(trees, home.api, target, home, (operation, answer, { by }) => {
        if (isOfTheSession(operation)) return not(answer, 401);
        if (by === 'nothing') return not(answer, isForTheRoot(operation) ? 403 : 200);
        return nothingIn(answer, by, home);
      }),
    ).toEqual([]);
  });

  it.each<[string, () => [Place, Place]]>([
    ['a sibling', () => [trees.birch, trees.alder]],
    ['a child', () => [trees.alderChild, trees.alder]],
  ])('of %s gets no more in the session of an owner', async (_, places) => {
    const [home, target] = places();
    const mayBe = scopesOf('owner');
    const asked: string[] = [];
    const faults = await faultsOf(
      trees,
      home.session,
      target,
      home,
      (operation, answer, { by }) => {
        asked.push(operation.name);
        if (!mayBe.has(operation['x-scope'] ?? '')) return not(answer, 403);
        if (by === 'nothing') return not(answer, isForTheRoot(operation) ? 403 : 200);
        return nothingIn(answer, by, home);
      },
      (operation) => !isOfTheSession(operation),
    );
    expect(faults).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  });

  it('cannot tell what is out of its reach from what does not exist', async () => {
    const { alder, birch } = trees;
    const ids = {
      workspaceId: 'x0',
      clientId: 'x1',
      webhookId: 'x2',
      eventId: 'x3',
      succeededId: 'x4',
      redeliveryId: 'x5',
      parkedId: 'x6',
      adminEmail: 'x7@nobody.example',
      notificationId: 'x8',
      userId: 'x9',
      linkId: 'x10',
    };
    const answerTo = async (request: Asked, revision: string) => {
      const headers = { ...request.headers, 'If-Match': revision };
      const { status, data } = await ask(birch.api, { ...request, headers });
      return { status, data: { ...(data as object), traceId: '' } };
    };
    let compared = 0;
    for (const operation of guarded(trees.openApi)) {
      const real = requestsFor(operation, alder, birch);
      const unreal = requestsFor(operation, { ...alder, ...ids }, birch);
      for (const [index, request] of real.entries()) {
        if (request.by === 'body' || request.by === 'nothing') continue;
        for (const revision of ['*', '"0"', '"1"', '"999"']) {
          const [hidden, absent] = [
            await answerTo(request, revision),
            await answerTo(unreal[index] ?? request, revision),
          ];
          expect([operation.name, hidden]).toEqual([operation.name, absent]);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('publishes into its own tree alone, item by item', async () => {
    const { alder, birch } = trees;
    const data = (parentWorkspaceId: string) => ({
      companyName: 'x',
      displayName: 'x',
      type: 'child',
      parentWorkspaceId,
    });
    const items = await publish(
      birch.api,
      event('alder'),
      event('alder', { type: 'subscription-updated', data: { subscriptionType: 'x' } }),
      event(unique('new'), { data: data('alder') }),
      event(unique('new'), { data: data('root') }),
      event('root'),
      event('birchChild'),
    );
    const statuses = items.map(({ status }) => status);
    expect(statuses).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'accepted']);
    expect(seenOf(alder, { data: items, headers: {} })).toEqual([]);
    const taken = await birch.api.post('/events', event('birch', { id: alder.eventId }));
    expect(taken.status).toBe(409);
    expect(seenOf(alder, taken, alder.eventId)).toEqual([]);
  });
});

describe('the same requests', () => {
  it('are answered to whoever reaches the place', async () => {
    const { installation, alder, birch, openApi } = trees;
    const draft = '/settings/webhooks/{id}/draft';
    const last = [
      ...[`POST ${draft}/publish`, `PUT ${draft}`, `DELETE ${draft}`],
      ...['POST /workspaces/{id}/move', 'DELETE /settings/webhooks/{id}', 'DELETE /api-clients/{id}'],
      ...['DELETE /users/{id}', 'DELETE /console-links/{id}'],
    ];
    const inOrder = guarded(openApi)
      .filter((operation) => !isOfTheSession(operation))
      .sort((a, b) => last.indexOf(a.name) - last.indexOf(b.name));
    for (const operation of inOrder) {
      const [request] = requestsFor(operation, alder, birch);
      if (!request) throw new Error(`${operation.name} is never asked.`);
      const { Workspace: named } = request.headers;
      const headers: Record<string, string> = named === undefined ? {} : { Workspace: alder.workspaceId };
      const answer = await ask(installation.api, { ...request, headers });
      expect([operation.name, openApi.undocumented(operation, answer)]).toEqual([operation.name, undefined]);
      // What was asked before it may stand in its way, such as a webhook that is disabled by now.
      const isAnswered = answer.status < 300 || answer.status === 409;
      expect([operation.name, answer.status, isAnswered]).toEqual([operation.name, answer.status, true]);
    }
  });
});
