import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import type { Answer, Item } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { count } from '../../words/numbers.ts';
import { date } from '../../words/times.ts';
import type { StateWords } from '../../words/states.ts';
import type { Milestone } from './milestones.ts';

export type VersionDetails = Answer<'/versions/{name}', 'get'>;
/** A milestone in the calendar of all versions. */
export type Occurrence = Milestone & { readonly version: VersionDetails };
export type Notice = Item<'/notices'>;

export const versionQuery = (name: string) =>
  queryOptions({
    queryKey: keys.version(name),
    queryFn: ({ signal }) => read(api.GET('/versions/{name}', { params: { path: { name } }, signal })),
    staleTime: 30_000,
  });

type OfVersion = Pick<VersionDetails, 'status' | 'expiresAt'>;

export function versionState({ status, expiresAt }: OfVersion): StateWords {
  if (status === 'current') return { word: 'Current', tone: 'ok', icon: 'checkCircle' };
  const day = expiresAt === null ? '' : ` ${date(expiresAt)}`;
  return status === 'expired'
    ? { word: `Ended${day}`, tone: 'neutral', icon: 'ban' }
    : { word: `Ends${day}`, tone: 'warn', icon: 'clock' };
}

/** "12 webhooks in 4 workspaces" */
export function adoption({ webhooks, workspaces }: Pick<VersionDetails, 'webhooks' | 'workspaces'>): string {
  if (webhooks === 0) return 'No webhook is on it';
  return `${count(webhooks, ['webhook', 'webhooks'])} in ${count(workspaces.length, ['workspace', 'workspaces'])}`;
}

/** Why the current version cannot be taken back; `before` is the one it superseded, undefined where that is not known. */
export function reasonAgainstWithdrawal(
  version: Pick<VersionDetails, 'webhooks'>,
  before: Pick<VersionDetails, 'name' | 'status'> | undefined,
): string | undefined {
  if (version.webhooks > 0)
    return `It has been taken up: ${count(version.webhooks, ['webhook is', 'webhooks are'])} on it.`;
  if (before?.status === 'expired') {
    return `Version ${before.name}, which it superseded, has ended. Release another version instead.`;
  }
  return undefined;
}

export function noticeState({ status, attempts }: Pick<Notice, 'status' | 'attempts'>): StateWords {
  switch (status) {
    case 'sent':
      return { word: 'Sent', tone: 'ok', icon: 'checkCircle' };
    case 'refused':
      return { word: 'Refused', tone: 'bad', icon: 'crossCircle' };
    case 'failed':
      return { word: 'Given up', tone: 'bad', icon: 'crossCircle' };
    case 'skipped':
      return { word: 'Not needed any more', tone: 'neutral', icon: 'ban' };
    case 'pending':
      return attempts === 0
        ? { word: 'Waiting', tone: 'info', icon: 'clock' }
        : { word: 'Trying again', tone: 'warn', icon: 'redo' };
  }
}

export const noticeNames: Readonly<Record<Notice['milestone'], string>> = {
  announcement: 'End announced',
  reminder: 'Reminder',
  withdrawal: 'No end after all',
};
