import type { Decider, Instant } from '../../../platform/kernel/index.ts';
import type { AccountMailCommand, RecordAccountMail } from './account-mail.commands.ts';
import type { AccountMailEvent } from './account-mail.events.ts';

/** `failed`: given up. */
export type AccountMail = {
  readonly status: 'pending' | 'sent' | 'refused' | 'failed' | 'skipped';
  readonly attempts: number;
  readonly lastError: string | null;
  /** Not before; null for at once, and once it is over. */
  readonly nextAttemptAt: Instant | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After as many attempts that could not be made, how long to wait for the next one; then it is given up. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

const owed: AccountMail = { status: 'pending', attempts: 0, lastError: null, nextAttemptAt: null };

export const accountMail: Decider<AccountMail, AccountMailCommand, AccountMailEvent> = {
  category: 'accountMail',
  initialState: () => owed,
  evolve,
  decide: (command, state) => {
    if (state.status !== 'pending') return [];
    const { mail } = command.data;
    if (command.type === 'RecordAccountMail') return [recorded(command, state)];
    return [{ type: 'AccountMailSkipped', data: { ...mail, reason: command.data.reason } }];
  },
};

function recorded({ data, metadata }: RecordAccountMail, state: AccountMail): AccountMailEvent {
  const { mail, outcome, expiresAt } = data;
  const attempt = state.attempts + 1;
  if (outcome.is === 'sent') return { type: 'AccountMailSent', data: { ...mail, attempt, place: outcome.place } };
  const refused = outcome.is === 'refused';
  const next = metadata.at + (WAITS[attempt - 1] ?? Infinity);
  const nextAttemptAt = refused || next >= expiresAt ? null : next;
  return { type: 'AccountMailFailed', data: { ...mail, attempt, error: outcome.error, refused, nextAttemptAt } };
}

function evolve(state: AccountMail, event: AccountMailEvent): AccountMail {
  switch (event.type) {
    case 'AccountMailSent':
      return { ...state, status: 'sent', attempts: event.data.attempt, nextAttemptAt: null };
    case 'AccountMailFailed': {
      const { attempt, error, refused, nextAttemptAt } = event.data;
      const ended = refused ? 'refused' : 'failed';
      const status = nextAttemptAt === null ? ended : 'pending';
      return { status, attempts: attempt, lastError: error, nextAttemptAt };
    }
    case 'AccountMailSkipped':
      return { ...state, status: 'skipped', nextAttemptAt: null };
  }
}
