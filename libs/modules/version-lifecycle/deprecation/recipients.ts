import { ancestorsOf, type NotificationLevel } from '../../identity/contract.ts';
import { MOST_WORKSPACES } from '../notice/notice.commands.ts';
import type { AffectedWebhook } from '../notice/notice.events.ts';

export type WorkspaceNode = {
  readonly parent: string | null;
  readonly displayName: string;
  /** Addresses separated by commas. */
  readonly adminEmails: string;
  readonly notificationLevel: NotificationLevel;
};
/** Undefined for one that is not registered. */
export type WorkspaceOf = (workspaceId: string) => WorkspaceNode | undefined;

export type Recipient = {
  /** As it was written first. */
  readonly address: string;
  /** The nearest that contains all of the webhooks and what the recipient is an admin of. */
  readonly workspaceId: string;
  /** The first of them; `webhookCount` counts all. */
  readonly webhooks: readonly AffectedWebhook[];
  readonly webhookCount: number;
  /** Of all of them, each once; the first `MOST_WORKSPACES`. */
  readonly workspaceIds: readonly string[];
};

export const MOST_LISTED = 50;

/** Who is told of these webhooks, each address once, in whatever case it is written. */
export function recipientsOf(webhooks: readonly AffectedWebhook[], workspaceOf: WorkspaceOf): readonly Recipient[] {
  const mails = new Map<string, Mail>();
  for (const webhook of [...webhooks].sort(byPlace)) {
    for (const [key, { address, of }] of toldOf(webhook.workspaceId, workspaceOf)) {
      const mail = mails.get(key) ?? { address, webhooks: [], webhookCount: 0, workspaces: new Set(), of: new Set() };
      mails.set(key, mail);
      mail.webhookCount++;
      if (mail.webhooks.length < MOST_LISTED) mail.webhooks.push(webhook);
      if (mail.workspaces.size < MOST_WORKSPACES) mail.workspaces.add(webhook.workspaceId);
      for (const workspaceId of of) mail.of.add(workspaceId);
    }
  }
  return [...mails.values()].map(({ of, workspaces, ...mail }) => ({
    ...mail,
    workspaceId: commonOf([...of], workspaceOf),
    workspaceIds: [...workspaces],
  }));
}

type Mail = {
  readonly address: string;
  readonly webhooks: AffectedWebhook[];
  webhookCount: number;
  readonly workspaces: Set<string>;
  /** What the recipient is an admin of; each webhook is in one of these or right below. */
  readonly of: Set<string>;
};

/** The same at every repetition, and easy to read. */
export const byPlace = (one: AffectedWebhook, other: AffectedWebhook): number =>
  compare(one.workspaceName, other.workspaceName) ||
  compare(one.workspaceId, other.workspaceId) ||
  compare(one.name, other.name) ||
  compare(one.webhookId, other.webhookId);

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

type Told = { readonly address: string; readonly of: string[] };

/** By address in lower case, those who are mailed about webhooks of a workspace, and of what they are admins. */
function toldOf(workspaceId: string, workspaceOf: WorkspaceOf): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const admins of levelsOf(workspaceId, workspaceOf)) {
    for (const [key, address] of adminsOf(admins, workspaceOf)) {
      const known = told.get(key);
      if (known) known.of.push(admins);
      else told.set(key, { address, of: [admins] });
    }
  }
  return told;
}

/** The workspaces whose admins are mailed. */
function levelsOf(workspaceId: string, workspaceOf: WorkspaceOf): string[] {
  const { parent = null, notificationLevel = 'none' } = workspaceOf(workspaceId) ?? {};
  if (notificationLevel === 'none') return [];
  return [...(notificationLevel === 'all' ? [workspaceId] : []), ...(parent === null ? [] : [parent])];
}

/** The admins of a workspace, by address in lower case. */
export function adminsOf(workspaceId: string, workspaceOf: WorkspaceOf): ReadonlyMap<string, string> {
  const admins = new Map<string, string>();
  for (const text of (workspaceOf(workspaceId)?.adminEmails ?? '').split(',')) {
    const address = text.trim();
    const key = address.toLowerCase();
    if (address !== '' && !admins.has(key)) admins.set(key, address);
  }
  return admins;
}

/** The nearest workspace that all of these are within. All workspaces are below one root. */
function commonOf(workspaceIds: readonly string[], workspaceOf: WorkspaceOf): string {
  const pathOf = (id: string) => [id, ...ancestorsOf(id, (of) => workspaceOf(of)?.parent)];
  const [first = '', ...others] = workspaceIds;
  const path = pathOf(first);
  const heights = new Map(path.map((id, height) => [id, height]));
  const heightAbove = (id: string) => heights.get(pathOf(id).find((each) => heights.has(each)) ?? '');
  const highest = others.reduce((height, id) => Math.max(height, heightAbove(id) ?? path.length - 1), 0);
  return path[highest] ?? '';
}
