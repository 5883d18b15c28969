import type { Principal } from '../../../../platform/http/index.ts';
import { categoryOfStream, Refusal } from '../../../../platform/kernel/index.ts';
import type { AnyEvent } from '../changes-of.ts';

let recorded = 0;

export const event = (stream: string, type: string, data: object): AnyEvent => ({
  id: `event-${(recorded += 1)}`,
  stream,
  category: categoryOfStream(stream),
  revision: 0,
  position: recorded,
  type,
  data: data as Record<string, unknown>,
  metadata: { at: 0, actor: 'system', traceId: 'trace' },
});

export const delivered = (webhookId: string, deliveryId: string, workspaceId = 'shop') =>
  event(`delivery-${deliveryId}`, 'AttemptSucceeded', { deliveryId, webhookId, workspaceId });

const EVERY_SCOPE = [
  ...['webhooks:read', 'deliveries:read', 'activity:read', 'api-clients:read', 'versions:read', 'triggers:read'],
  ...['workspaces:read', 'notifications:read', 'users:read'],
];

/** A caller that reaches these workspaces; of the root without any. */
export const callerOf = (workspaces?: readonly string[], scopes: readonly string[] = EVERY_SCOPE): Principal => ({
  actor: 'user:ada',
  workspaceId: workspaces?.[0] ?? 'root',
  scopes: new Set(scopes),
  reaches: (workspaceId) => workspaces?.includes(workspaceId) ?? true,
  reach: () => workspaces ?? 'everything',
});

export const revoked = new Refusal('unauthenticated', 'The session is over.');
