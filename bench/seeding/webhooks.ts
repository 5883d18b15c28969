import type { Carillon } from '../processes/carillon.ts';
import { TRIGGER } from '../payload.ts';

export type Webhook = { readonly id: string; readonly workspaceId: string };
export type WebhookPlan = {
  readonly name?: string;
  readonly url: string;
  readonly workspaceId: string;
  readonly status?: 'enabled' | 'disabled';
};

const AT_ONCE = 8;

/** `count` of the same: each in a workspace of its own, so that every event is owed to one of them. */
export const oneEach = (count: number, url: string, status: WebhookPlan['status'] = 'enabled'): WebhookPlan[] =>
  Array.from({ length: count }, (_, n) => ({ url: `${url}/hook-${n}`, workspaceId: `bench-${n}`, status }));

/** Registers the workspaces and creates the webhooks, each of which is sent a test alert. */
export async function createWebhooks(carillon: Carillon, plans: readonly WebhookPlan[]): Promise<Webhook[]> {
  const workspaces = [...new Set(plans.map(({ workspaceId }) => workspaceId))];
  await inTurns(workspaces, async (id) => {
    const names = { companyName: id, displayName: id };
    await carillon.call('POST', '/workspaces', { id, parentWorkspaceId: '', type: 'channel', ...names });
  });
  const webhooks = await inTurns(plans, async ({ name = 'Bench', url, workspaceId, status = 'enabled' }) => {
    const body = {
      name,
      applyToAllDescendants: false,
      url,
      secret: 'bench-secret-of-a-webhook',
      headers: {},
      triggers: [TRIGGER],
      status,
    };
    const { id } = await carillon.call<{ id: string }>('POST', '/settings/webhooks', body, workspaceId);
    return { id, workspaceId };
  });
  return webhooks;
}

export async function enableAll(carillon: Carillon, webhooks: readonly Webhook[]): Promise<void> {
  await inTurns(webhooks, ({ id, workspaceId }) =>
    carillon.call('POST', `/settings/webhooks/${id}/enable`, undefined, workspaceId),
  );
}

/** A few at a time; answers in the order of the items. */
async function inTurns<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answers;
}
