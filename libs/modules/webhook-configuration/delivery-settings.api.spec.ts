import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { defaultDelivery } from './webhook/delivery-settings.ts';

const URL = 'https://customer.example/hook';
const ROUTE = '/settings/webhooks';

describe('a webhook', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspace: string;
  let id: string;
  const inside = () => ({ headers: { Workspace: workspace } });
  const get = (path = `/${id}`) => api.get(`${ROUTE}${path}`, inside());
  const post = (path: string, body: unknown = undefined) => api.post(`${ROUTE}${path}`, body, inside());
  const put = (body: object) => api.put(`${ROUTE}/${id}`, body, inside());
  const events = () => installation.parts.eventStore.readStream(`webhook-${id}`);
  const eventTypes = async () => (await events()).map(({ type }) => type);
  const fieldsOf = (data: { errors: { field: string }[] }) => data.errors.map(({ field }) => field).sort();

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => {
    workspace = await registerWorkspace(api, unique('workspace'));
    id = await createWebhook(api, workspace, URL);
  });

  describe('has delivery settings that', () => {
    const slow = { concurrency: 2, ratePerSecond: 0.5, schedule: [0, 30, 600] };
    const inFull = { ...defaultDelivery, ...slow };

    it('are given when it is created, and answered whole wherever it is', async () => {
      installation.clock.advance(1);
      const { status, data } = await post('', webhookBody(URL, { delivery: slow }));
      expect([status, data.delivery]).toEqual([201, inFull]);
      expect((await get(`/${data.id}`)).data.delivery).toEqual(inFull);
      expect((await get('')).data.items[0].delivery).toEqual(inFull);
    });

    it('are kept by a body without them, and replaced whole by one with some', async () => {
      expect((await put(webhookBody(URL, { delivery: slow }))).data.delivery).toEqual(inFull);
      expect((await put(webhookBody(URL, { name: 'Invoices' }))).data.delivery).toEqual(inFull);
      const { data } = await put(webhookBody(URL, { delivery: { strictOrder: true } }));
      expect(data.delivery).toEqual({ ...defaultDelivery, strictOrder: true });
      expect((await put(webhookBody(URL, { delivery: {} }))).data.delivery).toEqual(defaultDelivery);
      expect((await get()).data.delivery).toEqual(defaultDelivery);
    });

    it('change nothing when they are sent back as they were read', async () => {
      await put(webhookBody(URL, { delivery: slow }));
      const before = await eventTypes();
      await put((await get()).data);
      expect(await eventTypes()).toEqual(before);
    });

    it('are refused naming every one that is wrong', async () => {
      const delivery = { concurrency: 0, burst: 1.5, schedule: [5], colour: 'red' };
      const wrong = ['delivery.burst', 'delivery.colour', 'delivery.concurrency', 'delivery.schedule'];
      for (const answer of [
        await post('', webhookBody(URL, { delivery })),
        await put(webhookBody(URL, { delivery })),
      ]) {
        expect([answer.status, fieldsOf(answer.data)]).toEqual([400, wrong]);
      }
      expect((await get()).data.delivery).toEqual(defaultDelivery);
    });
  });

  describe('being enabled', () => {
    it.each<[unknown, string]>([
      [{ held: 'keep' }, 'held'],
      [{ hold: 'release' }, 'hold'],
      [[], ''],
      [{ held: 'release' }, 'held'],
    ])('is refused with %j', async (body, field) => {
      await post(`/${id}/disable`);
      const { status, data } = await post(`/${id}/enable`, body);
      expect([status, fieldsOf(data)]).toEqual([400, [field]]);
      expect((await get()).data.status).toBe('disabled');
    });

    describe('if it is strictly ordered', () => {
      beforeEach(async () => {
        await put(webhookBody(URL, { delivery: { strictOrder: true } }));
        await post(`/${id}/disable`);
      });

      it('takes a decision about what it holds', async () => {
        for (const undecided of [await post(`/${id}/enable`), await put(webhookBody(URL))]) {
          expect([undecided.status, undecided.data.detail]).toEqual([409, expect.stringContaining('/enable')]);
        }
        expect((await post(`/${id}/enable`, { held: 'release' })).data.status).toBe('enabled');
        const last = (await events()).at(-1);
        expect(last).toMatchObject({ type: 'WebhookEnabled', data: { held: 'release' } });
      });

      it('may cancel it instead', async () => {
        expect((await post(`/${id}/enable`, { held: 'cancel' })).data.status).toBe('enabled');
        expect((await eventTypes()).slice(-2)).toEqual(['HeldCancelled', 'WebhookEnabled']);
      });
    });
  });
});
