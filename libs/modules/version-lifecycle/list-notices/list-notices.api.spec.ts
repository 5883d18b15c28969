import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { RecordSending, type OweNotice } from '../notice/notice.commands.ts';
import { affected, EXPIRES_AT, oweNotice } from '../notice/testing/notices.ts';

type Notice = { id: string; status: string; place: string | null; webhooks: { id: string }[] };

describe('the list of notices', () => {
  let installation: Installation;
  let ofParent: AxiosInstance;
  let ofChild: AxiosInstance;

  const get = (query: string, as: AxiosInstance, workspace?: string) =>
    as.get<{ items: Notice[]; nextCursor: string | null }>(`/notices${query}`, {
      headers: workspace === undefined ? {} : { Workspace: workspace },
    });
  const ids = async (query = '', as = installation.api, workspace?: string) =>
    (await get(query, as, workspace)).data.items.map(({ id }) => id);

  beforeAll(async () => {
    installation = await Installation.open();
    const { api, clock, server } = installation;
    for (const [id, parent] of [['parent'], ['child', 'parent'], ['other'], ['unlisted']] as const)
      await registerWorkspace(api, id, parent);
    [ofParent, ofChild] = [
      await clientOf(installation, 'parent', ['notices:read']),
      await clientOf(installation, 'child', ['notices:read']),
    ];
    const bus = server.app.get(CommandBus);
    const owe = async (noticeId: string, changes: Partial<OweNotice['data']>) => {
      clock.advance(1_000);
      const workspaceIds = changes.webhooks?.map(({ workspaceId }) => workspaceId);
      await bus.execute(oweNotice({ noticeId, workspaceIds, ...changes }, clock.now()));
    };
    const both = [affected(1, 'parent'), affected(2, 'child')];
    const workspaceIds = ['parent', 'child', 'unlisted'];
    await owe('of-parent', { workspaceId: 'parent', webhooks: both, webhookCount: 7, workspaceIds });
    await owe('of-child', { workspaceId: 'child', webhooks: [affected(2, 'child')], milestone: 'reminder' });
    await owe('of-other', { workspaceId: 'other', webhooks: [affected(3, 'other')], version: '2026-06-01' });
    await owe('of-all', { workspaceId: 'root', webhooks: [...both, affected(3, 'other')] });
    const metadata = { at: clock.now() + 500, actor: 'system', traceId: 'trace' };
    const record = (noticeId: string, outcome: RecordSending['data']['outcome']) =>
      bus.execute(new RecordSending({ noticeId, outcome }, metadata));
    await record('of-child', { is: 'sent', place: 'mail.example:25' });
    await record('of-other', { is: 'refused', error: '550 No such user' });
    await record('of-all', { is: 'unavailable', error: '451 Later' });
    await server.projections.caughtUp();
  });
  afterAll(() => installation.dispose());

  it('says what each is about, and what has become of it', async () => {
    const { status, data } = await get('', installation.api);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      items: [
        {
          id: 'of-all',
          status: 'pending',
          attempts: 1,
          lastError: '451 Later',
          nextAttemptAt: '2026-11-02T09:01:04.500Z',
        },
        { id: 'of-other', status: 'refused', lastError: '550 No such user', nextAttemptAt: null, sentAt: null },
        { id: 'of-child', status: 'sent', milestone: 'reminder', sentAt: '2026-11-02T09:00:04.500Z' },
        { id: 'of-parent', status: 'pending', attempts: 0, lastError: null },
      ],
      nextCursor: null,
    });
    expect(data.items[3]).toEqual({
      id: 'of-parent',
      milestone: 'announcement',
      version: '2026-01-01',
      newest: '2026-11-01',
      expiresAt: new Date(EXPIRES_AT).toISOString(),
      address: 'ada@customer.example',
      status: 'pending',
      attempts: 0,
      lastError: null,
      dueAt: '2026-11-02T09:00:01.000Z',
      nextAttemptAt: '2026-11-02T09:00:01.000Z',
      sentAt: null,
      place: null,
      messageId: 'notice.of-parent@localhost',
      workspaceId: 'parent',
      webhooks: [affected(1, 'parent'), affected(2, 'child')].map(({ webhookId: id, ...of }) => ({ id, ...of })),
      webhookCount: 7,
    });
  });

  it('covers the reach of the token: nobody sees what lists a neighbour', async () => {
    expect(await ids('', ofParent)).toEqual(['of-child', 'of-parent']);
    expect(await ids('', ofChild)).toEqual(['of-child']);
  });

  it('is narrowed by the header to what belongs to that workspace', async () => {
    expect(await ids('', installation.api, 'parent')).toEqual(['of-parent']);
    expect((await get('', ofChild, 'parent')).status).toBe(404);
  });

  it('is filtered by the workspace of a webhook it is about, listed or not, within the reach of the token', async () => {
    expect(await ids('?workspace=unlisted')).toEqual(['of-parent']);
    expect(await ids('?workspace=unlisted', ofParent)).toEqual([]);
    expect(await ids('?workspace=child')).toEqual(['of-all', 'of-child', 'of-parent']);
    expect(await ids('?workspace=other')).toEqual(['of-all', 'of-other']);
    expect(await ids('?workspace=other', ofParent)).toEqual([]);
  });

  it('is filtered by version and milestone', async () => {
    expect(await ids('?version=2026-06-01')).toEqual(['of-other']);
    expect(await ids('?milestone=reminder')).toEqual(['of-child']);
    expect(await ids('?version=2026-06-01&milestone=reminder')).toEqual([]);
    expect((await get('?milestone=popup', installation.api)).status).toBe(400);
  });

  it.each(['', '&workspace=child'])('is read page by page without a gap or a double (%j)', async (filter) => {
    const whole = await ids(`?limit=200${filter}`);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data } = await get(`?limit=2${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`, installation.api);
      paged.push(...data.items.map(({ id }) => id));
      expect(data.items).toHaveLength(data.nextCursor === null ? whole.length % 2 || 2 : 2);
      cursor = data.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('tells the root alone where a mail was handed over', async () => {
    const placeOf = async (as: AxiosInstance) => (await get('?milestone=reminder', as)).data.items[0]?.place;
    expect(await placeOf(installation.api)).toBe('mail.example:25');
    expect(await placeOf(ofChild)).toBeNull();
  });
});
