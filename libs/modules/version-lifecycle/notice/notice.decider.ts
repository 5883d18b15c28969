import { notFound, type Decider, type Instant } from '../../../platform/kernel/index.ts';
import type { NoticeCommand, RecordSending } from './notice.commands.ts';
import type { NoticeDue, NoticeEvent } from './notice.events.ts';

export const noticeMilestones = ['announcement', 'reminder', 'withdrawal'] as const;
export const noticeStatuses = ['pending', 'sent', 'refused', 'failed', 'skipped'] as const;

/** A mail that is owed to one address. `failed`: given up. */
export type Notice = NoticeDue['data'] & {
  readonly status: (typeof noticeStatuses)[number];
  readonly attempts: number;
  readonly lastError: string | null;
  /** Not before; null for at once, and once it is over. */
  readonly nextAttemptAt: Instant | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After as many attempts that could not be made, how long to wait for the next one; then it is given up. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

export const notice: Decider<Notice | undefined, NoticeCommand, NoticeEvent> = {
  category: 'notice',
  initialState: () => undefined,
  evolve,
  decide: (command, state) => {
    if (command.type === 'OweNotice') return state ? [] : [{ type: 'NoticeDue', data: command.data }];
    if (!state) throw notFound('The notice');
    if (state.status !== 'pending') return [];
    switch (command.type) {
      case 'RecordSending':
        return [sendingOf(command, state)];
      case 'SkipNotice':
        return [{ type: 'NoticeSkipped', data: { ...of(state), reason: command.data.reason } }];
    }
  },
};

function sendingOf({ data: { outcome }, metadata }: RecordSending, state: Notice): NoticeEvent {
  const attempt = state.attempts + 1;
  if (outcome.is === 'sent') return { type: 'NoticeSent', data: { ...of(state), attempt, place: outcome.place } };
  const refused = outcome.is === 'refused';
  const nextAttemptAt = refused ? null : nextAttemptOf(state, attempt, metadata.at);
  return { type: 'NoticeFailed', data: { ...of(state), attempt, error: outcome.error, refused, nextAttemptAt } };
}

/** Null when there is none: often enough tried, or nobody would want to read it by then. */
function nextAttemptOf({ staleAt }: Notice, attempt: number, at: Instant): Instant | null {
  const wait = WAITS[attempt - 1];
  if (wait === undefined || at + wait >= (staleAt ?? Infinity)) return null;
  return at + wait;
}

const of = ({ noticeId, workspaceId, version, milestone, address }: Notice) => ({
  ...{ noticeId, workspaceId, version, milestone, address },
});

function evolve(state: Notice | undefined, event: NoticeEvent): Notice | undefined {
  if (event.type === 'NoticeDue')
    return { ...event.data, status: 'pending', attempts: 0, lastError: null, nextAttemptAt: null };
  if (!state) return undefined;
  switch (event.type) {
    case 'NoticeSent':
      return { ...state, status: 'sent', attempts: event.data.attempt, nextAttemptAt: null };
    case 'NoticeFailed': {
      const { attempt, error, refused, nextAttemptAt } = event.data;
      const ended = refused ? 'refused' : 'failed';
      const status = nextAttemptAt === null ? ended : 'pending';
      return { ...state, status, attempts: attempt, lastError: error, nextAttemptAt };
    }
    case 'NoticeSkipped':
      return { ...state, status: 'skipped', nextAttemptAt: null };
  }
}
