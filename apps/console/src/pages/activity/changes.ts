import type { ActivityEntry } from '../../api/types.ts';

export type Change = {
  readonly field: string;
  /** "Apply to child workspace" */
  readonly label: string;
  /** Absent where nothing is known of what was before. */
  readonly before?: unknown;
  readonly after: unknown;
};

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  url: 'Authentication URL',
  applyToAllDescendants: 'Apply to child workspace',
  headers: 'Authorization headers',
  triggers: 'Triggers',
  delivery: 'Delivery settings',
  by: 'Reason',
  of: 'Version before',
  target: 'On version',
  previousUntil: 'Old secret valid until',
  embedIn: 'Embedded in',
  displayName: 'Display name',
  email: 'E-mail',
  lastError: 'Last error',
  parentWorkspaceId: 'Under workspace',
};
/** Ids of what the entry is about, which stand elsewhere, and counters of the server. */
const UNTOLD = ['webhookId', 'workspaceId', 'userId', 'clientId', 'linkId', 'epoch', 'testId', 'number', 'businessId'];

/** Fields whose numbers are instants, in milliseconds. */
const INSTANTS = /(At|Until)$/;

export const isInstant = (field: string, value: unknown): value is number =>
  typeof value === 'number' && INSTANTS.test(field) && value > 1e12;

export function labelOf(field: string): string {
  const words = field.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return labels[field] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

type Told = Pick<ActivityEntry, 'details'>;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What an entry says, field by field. With the entries that led to it, newest first, only what differs from what was before; such an
 * entry tells the whole of what it is about.
 */
export function changesOf(entry: Told, earlier: readonly Told[] = []): readonly Change[] {
  return Object.entries(entry.details).flatMap(([field, after]): Change[] => {
    if (UNTOLD.includes(field)) return [];
    const origin = earlier.find(({ details }) => details[field] !== undefined);
    if (origin === undefined) return after === null || after === '' ? [] : [{ field, label: labelOf(field), after }];
    const before = origin.details[field];
    return same(before, after) ? [] : [{ field, label: labelOf(field), before, after }];
  });
}

/** Where the state before is found: in entries of these kinds about the same thing. */
export type Origin = { readonly kinds: readonly string[]; readonly sameAs: string };

const origins: Readonly<Record<string, Origin>> = {
  'webhook-changed': { kinds: ['webhook-created', 'webhook-changed'], sameAs: 'webhookId' },
  'workspace-settings-changed': {
    kinds: ['workspace-registered', 'workspace-settings-changed'],
    sameAs: 'workspaceId',
  },
  'user-changed': { kinds: ['user-invited', 'user-changed'], sameAs: 'userId' },
  'trigger-changed': { kinds: ['trigger-added', 'trigger-changed'], sameAs: 'type' },
  'api-client-scopes-changed': { kinds: ['api-client-issued', 'api-client-scopes-changed'], sameAs: 'clientId' },
};
export const originOf = (kind: string): Origin | undefined => origins[kind];

/** Of entries newest first, those before this one and about the same. */
export function earlierThan(
  entry: Pick<ActivityEntry, 'id' | 'details'>,
  entries: readonly Pick<ActivityEntry, 'id' | 'details'>[],
  { sameAs }: Origin,
): readonly Told[] {
  const at = entries.findIndex(({ id }) => id === entry.id);
  return at < 0 ? [] : entries.slice(at + 1).filter(({ details }) => details[sameAs] === entry.details[sameAs]);
}

export type Lines = { readonly added: readonly string[]; readonly removed: readonly string[]; readonly kept: number };

/** Of two lists of words, such as triggers. */
export function linesOf(before: readonly string[], after: readonly string[]): Lines {
  return {
    added: after.filter((item) => !before.includes(item)),
    removed: before.filter((item) => !after.includes(item)),
    kept: after.filter((item) => before.includes(item)).length,
  };
}

export const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
