import type { ActivityEntry } from '../../api/types.ts';

export type Target =
  | { readonly page: 'webhook'; readonly id: string; readonly workspaceId: string | null }
  | { readonly page: 'workspace'; readonly id: string }
  | { readonly page: 'trigger'; readonly type: string }
  | { readonly page: 'client'; readonly id: string };
/** A piece of a summary; with a target it is a link. */
export type Part = { readonly text: string; readonly target?: Target };

/** What things are called, by their ids, as far as the reader may know. */
export type Names = {
  readonly webhooks: ReadonlyMap<string, string>;
  readonly clients: ReadonlyMap<string, string>;
  /** E-mail addresses. */
  readonly users: ReadonlyMap<string, string>;
};

type Told = Pick<ActivityEntry, 'actor' | 'actorName' | 'kind' | 'workspaceId' | 'webhookId' | 'summary' | 'details'>;
type Mention = { readonly text: string; readonly shown: string; readonly target?: Target };

/**
 * The sentence in pieces: what it is about becomes a link, and an id becomes the name where that is known. The sentence itself is the
 * server's; names in it are only ever text.
 */
export function summaryParts(entry: Told, names: Names): readonly Part[] {
  const found = mentions(entry, names)
    .map((mention) => ({ ...mention, at: entry.summary.indexOf(mention.text) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.text.length - a.text.length);
  const parts: Part[] = [];
  let from = 0;
  for (const { at, text, shown, target } of found) {
    if (at < from) continue;
    if (at > from) parts.push({ text: entry.summary.slice(from, at) });
    parts.push(target === undefined ? { text: shown } : { text: shown, target });
    from = at + text.length;
  }
  if (from < entry.summary.length) parts.push({ text: entry.summary.slice(from) });
  return parts;
}

function mentions(entry: Told, names: Names): readonly Mention[] {
  const { webhookId, workspaceId, kind, details, actor, actorName } = entry;
  const said = (field: string): string => {
    const value = details[field];
    return typeof value === 'string' ? value : '';
  };
  const byNameOrId = (name: string, id: string, known: string | undefined, target: Target | undefined): Mention[] => [
    ...(name === '' ? [] : [{ text: `"${name}"`, shown: `“${name}”`, target }]),
    ...(id === '' ? [] : [{ text: id, shown: known ? `“${known}”` : id, target }]),
  ];
  const [clientId, userId, trigger] = [said('clientId'), said('userId'), said('type')];
  const userName = names.users.get(userId) ?? (actor === `user:${userId}` ? actorName : null);
  const ofWorkspace = said('workspaceId');
  return [
    ...(webhookId === null
      ? []
      : byNameOrId(
          said('name'),
          webhookId,
          names.webhooks.get(webhookId),
          // Of what was removed there is no page.
          kind === 'webhook-removed' ? undefined : { page: 'webhook', id: webhookId, workspaceId },
        )),
    ...(clientId === ''
      ? []
      : byNameOrId(said('name'), clientId, names.clients.get(clientId), { page: 'client', id: clientId })),
    ...(userId === '' || !userName ? [] : [{ text: userId, shown: userName }]),
    ...(kind.startsWith('trigger-') && trigger !== ''
      ? [{ text: trigger, shown: trigger, target: { page: 'trigger', type: trigger } as const }]
      : []),
    ...(kind.startsWith('workspace-') && ofWorkspace !== ''
      ? byNameOrId(said('displayName'), ofWorkspace, undefined, { page: 'workspace', id: ofWorkspace })
      : []),
  ].filter(({ text }) => text !== '');
}
