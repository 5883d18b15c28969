/**
 * Every key of the query cache. What belongs to a workspace begins with it, so that the live stream of one workspace reads nothing
 * of another again, and switching forgets nothing.
 */
const of = (workspaceId: string) => ['workspace', workspaceId] as const;

export const keys = {
  session: ['session'] as const,
  passwordLink: (token: string) => ['password-link', token] as const,

  workspace: of,
  workspaceView: (workspaceId: string) => ['workspaces', 'view', workspaceId] as const,
  workspaces: (query: object) => ['workspaces', 'list', query] as const,

  webhooks: (workspaceId: string) => [...of(workspaceId), 'webhooks'] as const,
  webhookList: (workspaceId: string, query: object) => [...of(workspaceId), 'webhooks', 'list', query] as const,
  webhook: (workspaceId: string, id: string) => [...of(workspaceId), 'webhooks', 'one', id] as const,
  draft: (workspaceId: string, id: string) => [...of(workspaceId), 'webhooks', 'one', id, 'draft'] as const,

  deliveries: (workspaceId: string) => [...of(workspaceId), 'deliveries'] as const,
  deliveryList: (workspaceId: string, query: object) => [...of(workspaceId), 'deliveries', 'list', query] as const,
  delivery: (workspaceId: string, id: string) => [...of(workspaceId), 'deliveries', 'one', id] as const,
  alert: (workspaceId: string, id: string) => [...of(workspaceId), 'deliveries', 'one', id, 'alert'] as const,
  statistics: (workspaceId: string, query: object) => [...of(workspaceId), 'statistics', query] as const,

  event: (workspaceId: string, id: string) => [...of(workspaceId), 'events', 'one', id] as const,

  redeliveries: (workspaceId: string) => [...of(workspaceId), 'redeliveries'] as const,
  redeliveryList: (workspaceId: string, query: object) => [...of(workspaceId), 'redeliveries', 'list', query] as const,
  redelivery: (workspaceId: string, id: string) => [...of(workspaceId), 'redeliveries', 'one', id] as const,

  activity: (workspaceId: string, query: object) => [...of(workspaceId), 'activity', query] as const,
  apiClients: (workspaceId: string, query: object) => [...of(workspaceId), 'api-clients', query] as const,
  users: (workspaceId: string, query: object) => [...of(workspaceId), 'users', query] as const,
  notifications: (workspaceId: string, query: object) => [...of(workspaceId), 'notifications', query] as const,

  triggers: (query: object) => ['triggers', query] as const,
  versions: (query: object) => ['versions', 'list', query] as const,
  version: (name: string) => ['versions', 'one', name] as const,
  notices: (version: string, query: object) => ['versions', 'one', version, 'notices', query] as const,
  renderingFailures: (version: string) => ['versions', 'one', version, 'rendering-failures'] as const,
  installation: ['installation'] as const,
  lanes: (query: object) => ['installation', 'lanes', query] as const,
  mails: (query: object) => ['installation', 'mails', 'list', query] as const,
  mail: (id: string) => ['installation', 'mails', 'one', id] as const,
};
