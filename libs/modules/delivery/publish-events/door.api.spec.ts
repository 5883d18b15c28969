import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerWorkspace, unique } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open();
  await registerWorkspace(installation.api, 'w');
});
afterAll(() => installation.dispose());

const event = (type: string, data: object = {}, workspaceId = 'w') => ({ id: unique('evt'), type, workspaceId, data });
const publish = async (...events: object[]) => (await installation.api.post('/events', events)).data.items;

describe('an event of a trigger that is not for publishing', () => {
  it.each([
    ['none', 'is a trigger that never fires'],
    ['test', 'is not a trigger that can be published'],
    ['invoice-shredded', 'is not a trigger that can be published'],
  ])('of type %s is invalid', async (type, message) => {
    const one = event(type);
    const errors = [{ field: 'type', message }];
    expect(await publish(one)).toEqual([{ id: one.id, status: 'invalid', errors }]);
    expect((await installation.api.get(`/events/${one.id}`)).status).toBe(404);
  });

  it('keeps none beside it from being taken', async () => {
    const outcomes = await publish(event('none'), event('booking-create'));
    expect(outcomes.map(({ status }: { status: string }) => status)).toEqual(['invalid', 'accepted']);
  });
});

describe('an event of an action', () => {
  it('is taken with whatever record the platform has', async () => {
    const records = [
      {},
      { Id: 7, Name: 'Ada', CustomFields: null },
      { UniqueId: '0c8a1a3e-0000-4000-8000-000000000000' },
    ];
    const outcomes = await publish(...records.map((record) => event('coworker-update', record)));
    expect(outcomes.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  });
});
