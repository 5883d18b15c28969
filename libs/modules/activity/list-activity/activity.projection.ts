import type { DomainEvent, Projection, Recorded } from '../../../platform/kernel/index.ts';
import { publicDetails } from './public-details.ts';
import { kebabCase, sentenceFor } from './sentences.ts';

/** One event, as an entry of the audit trail. */
export type ActivityEntry = {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: string;
  /** The event's type in kebab case, such as `webhook-disabled`. */
  readonly kind: string;
  /** Null for what belongs to the installation as a whole, such as the catalog. */
  readonly workspaceId: string | null;
  readonly webhookId: string | null;
  readonly summary: string;
  /** The summary in lower case: what is searched. */
  readonly searchText: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly traceId: string;
};

/** Any event of these categories, known here or not: a type that is new to this version still leaves its trace. */
export type AuditedEvent = DomainEvent<string, Readonly<Record<string, unknown>>>;

/**
 * How far a job has got is seen at the job, and the number of a webhook or workspace at these: nobody asked for it. What becomes of a
 * mail is told when it has, and that a client is used at the client. What somebody has read, and who asked for a link to set a password
 * anew, is theirs.
 */
const UNTOLD = [
  ...['RedeliveryProgressed', 'NoticeDue', 'LocationOpened', 'WebhookNumbered'],
  ...['ApiClientUsed', 'PasswordLinkIssued', 'NoticeDismissed'],
];

export const activity: Projection<ActivityEntry, AuditedEvent> = {
  name: 'activity',
  version: 6,
  categories: [
    'webhook',
    'workspace',
    'apiClient',
    'trigger',
    'redelivery',
    'parkedEvent',
    'webhookVersion',
    'notice',
    'notification',
    'user',
    'consoleLink',
  ],
  fields: [
    { field: 'at', type: 'number' },
    { field: 'actor', type: 'text' },
    { field: 'kind', type: 'text' },
    { field: 'workspaceId', type: 'text' },
    { field: 'webhookId', type: 'text' },
    { field: 'searchText', type: 'text', indexed: false },
  ],
  keys: (event) => (isTold(event) ? [event.id] : []),
  fold: (_, event) => {
    const { workspaceId, webhookId } = event.data;
    const { at, actor, traceId } = event.metadata;
    const summary = sentenceFor(event);
    return {
      id: event.id,
      at,
      actor,
      kind: kebabCase(event.type),
      workspaceId: typeof workspaceId === 'string' ? workspaceId : null,
      webhookId: typeof webhookId === 'string' ? webhookId : null,
      summary,
      searchText: summary.toLowerCase(),
      details: publicDetails(event),
      traceId,
    };
  },
};

/** What the catalog begins with is nobody's doing, and would fill the first pages. */
function isTold({ type, metadata }: Recorded<AuditedEvent>): boolean {
  return !UNTOLD.includes(type) && !(type === 'TriggerAdded' && metadata.actor === 'system');
}
