import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { DisableWebhook, FIRST_VERSION } from './contract.ts';
import { NEWEST, release } from './testing/release.ts';
import { CommandBus } from '@nestjs/cqrs';

type Page = { items: { id: string }[]; nextCursor: string | null; total: number; totalIsAtLeast: boolean };

describe('the list of webhooks', () => {
  let installation: Installation;
  let api: AxiosInstance;
  /** By name, in the order they are made. */
  const made = new Map<string, string>();
  const WORKSPACE = { headers: { Workspace: 'shop' } };
  const WEBHOOKS = [
    ['zebra', { url: 'https://one.example/Hook' }],
    ['Äpfel', { url: 'https://two.example/a%20b' }],
    ['alpha', { url: 'https://two.example/', triggers: ['workspace-created'] }],
    ['Beta 100%_', { triggers: ['subscription-updated'] }],
    ['(a+b)*', { status: 'disabled' }],
  ] as const;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    await registerWorkspace(api, 'shop');
    await registerWorkspace(api, 'elsewhere');
    await createWebhook(api, 'elsewhere', 'https://two.example/');
    for (const [name, changes] of WEBHOOKS) {
      installation.clock.advance(1_000);
      made.set(name, await createWebhook(api, 'shop', 'https://other.example/hook', { name, ...changes }));
    }
    const gone = await createWebhook(api, 'shop', 'https://two.example/', { name: 'gone' });
    await api.delete(`/settings/webhooks/${gone}`, WORKSPACE);
  });
  afterAll(() => installation.dispose());

  const ask = async (params: object) => (await api.get<Page>('/settings/webhooks', { params, ...WORKSPACE })).data;
  const nameOf = (id: string) => [...made].find(([, madeId]) => madeId === id)?.[0] ?? id;
  const names = async (params: object) => {
    const { items, total, totalIsAtLeast } = await ask(params);
    expect([total, totalIsAtLeast]).toEqual([items.length, false]);
    return items.map(({ id }) => nameOf(id));
  };

  it.each([
    ['part of a name', 'ETA', ['Beta 100%_']],
    ['part of a name, whatever its script', 'äPF', ['Äpfel']],
    ['part of a URL', 'TWO.example', ['alpha', 'Äpfel']],
    ['what would be a pattern elsewhere', '%', ['Beta 100%_', 'Äpfel']],
    ['what would be another pattern', 'a+b)*', ['(a+b)*']],
    ['a quote', "'", []],
  ])('is searched for %s', async (_, search, found) => {
    expect(await names({ search })).toEqual(found);
  });

  it.each([
    ['name', ['(a+b)*', 'alpha', 'Beta 100%_', 'zebra', 'Äpfel']],
    ['-name', ['Äpfel', 'zebra', 'Beta 100%_', 'alpha', '(a+b)*']],
    ['created', ['zebra', 'Äpfel', 'alpha', 'Beta 100%_', '(a+b)*']],
    ['-created', ['(a+b)*', 'Beta 100%_', 'alpha', 'Äpfel', 'zebra']],
  ])('is sorted by %s, page after page', async (sort, sorted) => {
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Page = await ask({ sort, limit: 2, cursor });
      expect(page).toMatchObject({ total: 5, totalIsAtLeast: false });
      paged.push(...page.items.map(({ id }) => nameOf(id)));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(sorted);
  });

  it('is filtered by trigger, as it is and not by a part of it', async () => {
    expect(await names({ trigger: 'subscription-updated' })).toEqual(['(a+b)*', 'Beta 100%_', 'Äpfel', 'zebra']);
    expect(await names({ trigger: 'workspace-created', search: 'two' })).toEqual(['alpha', 'Äpfel']);
    for (const trigger of ['created', 'workspace-', 'WORKSPACE-CREATED']) expect(await names({ trigger })).toEqual([]);
  });

  it.each([
    ['search', ''],
    ['search', 'x'.repeat(201)],
    ['sort', 'url'],
    ['sort', '--name'],
    ['state', 'gone'],
    ['trigger', 'workspace-created subscription-updated'],
  ])('takes no %s like %j', async (field, value) => {
    const { status, data } = await api.get('/settings/webhooks', { params: { [field]: value }, ...WORKSPACE });
    expect([status, data.errors[0].field]).toEqual([400, field]);
  });

  describe('by state', () => {
    beforeAll(async () => {
      const disable = async (name: string, by: 'exhausted' | 'gone') => {
        const metadata = { at: installation.clock.now(), actor: 'system', traceId: 'trace' };
        const webhookId = made.get(name) ?? '';
        const command = new DisableWebhook({ webhookId, workspaceId: 'shop', by, epoch: 0 }, metadata);
        await installation.server.app.get(CommandBus).execute(command);
      };
      installation.clock.advance(60_000);
      await disable('zebra', 'exhausted');
      await disable('Beta 100%_', 'gone');
      await installation.server.projections.caughtUp();
    });

    it.each([
      ['enabled', ['alpha', 'Äpfel']],
      ['disabled', ['(a+b)*', 'Beta 100%_', 'zebra']],
      ['exhausted', ['zebra']],
      ['expired', []],
      ['expiring', []],
    ])('has those that are %s', async (state, found) => {
      expect(await names({ state })).toEqual(found);
    });

    it('has what changed last first, if sorted so', async () => {
      expect((await names({ sort: '-updated' })).slice(0, 2).sort()).toEqual(['Beta 100%_', 'zebra']);
      expect((await names({ sort: 'updated' })).slice(0, 2)).toEqual(['Äpfel', 'alpha']);
    });

    it('fits all of what is asked', async () => {
      expect(await names({ state: 'disabled', search: 'one' })).toEqual(['zebra']);
      expect(await names({ state: 'disabled', status: 'enabled' })).toEqual([]);
    });

    it('has those whose version is about to expire, until it disables them', async () => {
      await release(api);
      const { data } = await api.get(`/settings/webhooks/${made.get('alpha')}`, WORKSPACE);
      expect(data.version).toBe(FIRST_VERSION);
      const moved = await api.get(`/settings/webhooks/${made.get('Äpfel')}`, WORKSPACE);
      await api.put(`/settings/webhooks/${made.get('Äpfel')}`, { ...moved.data, version: NEWEST }, WORKSPACE);
      const { expiresAt } = data as { expiresAt: number };
      const at = async (time: number) => {
        installation.clock.advanceTo(time);
        api = await installation.as(CLIENT.id, CLIENT.secret);
        return names({ state: 'expiring' });
      };
      const DAY = 86_400_000;
      expect(await at(expiresAt - 7 * DAY - 1)).toEqual([]);
      expect(await at(expiresAt - 7 * DAY)).toEqual(['alpha']);
      expect(await at(expiresAt)).toEqual(['alpha']);
      expect(await at(expiresAt + DAY)).toEqual([]);
    });
  });
});
