import { api } from '../../api/client.ts';
import type { WebhookView } from '../../api/types.ts';
import { followTest } from '../../webhooks/test-runs.ts';
import type { Edited } from './form-queries.ts';
import { createBody, draftBody, type EditMode, type FormValues, type Mode, replaceBody } from './form-values.ts';

/** @throws {ApiProblem} 412 when the webhook is no longer what `edited` is. */
export async function save(
  mode: Mode,
  values: FormValues,
  edited: Edited | undefined,
): Promise<{ readonly id: string }> {
  if (mode.kind === 'create') {
    const { data } = await api.POST('/settings/webhooks', { body: createBody(values) });
    return data as WebhookView;
  }
  const params = { path: { id: mode.webhookId }, header: { 'If-Match': edited?.etag } };
  if (mode.kind === 'edit') await api.PUT('/settings/webhooks/{id}', { params, body: replaceBody(values) });
  else
    await api.PUT('/settings/webhooks/{id}/draft', { params, body: draftBody(values, edited?.webhook.secret ?? null) });
  return { id: mode.webhookId };
}

/** A test of what is saved, followed in every line that tells of the webhook's tests. */
export async function sendTest({ kind, webhookId }: EditMode): Promise<void> {
  const params = { path: { id: webhookId } };
  const { data } =
    kind === 'edit'
      ? await api.POST('/settings/webhooks/{id}/test', { params })
      : await api.POST('/settings/webhooks/{id}/draft/test', { params });
  followTest(webhookId, (data as { deliveryId: string }).deliveryId);
}

const TRIES = 10;
const PAUSE_MS = 300;

/** The test that a new webhook is owed can be found a moment after the webhook. When it never can, its row still tells of it. */
export async function followFirstTest(webhookId: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const query = { webhook: webhookId, kind: 'test', limit: 1 } as const;
    const { data } = await api.GET('/deliveries', { params: { query } });
    const test = data?.items[0];
    if (test) return followTest(webhookId, test.id);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
