import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { ada, BEGIN, linkNumber } from '../user/testing/people.ts';
import type { UserEvent } from '../user/user.events.ts';
import type { AccountMailEvent } from './account-mail.events.ts';
import { accountMails, mailKeyOf } from './account-mails.projection.ts';

const { userId, workspaceId } = ada;
const { linkId } = linkNumber(1);
const of = { linkId, userId, workspaceId, purpose: 'invitation' as const };
const mail = { ...of, address: ada.email };
const issued: UserEvent = {
  type: 'PasswordLinkIssued',
  data: { userId, workspaceId, purpose: 'invitation', ...linkNumber(1) },
};
const key = mailKeyOf({ userId, linkId });
const history = (...events: (UserEvent | AccountMailEvent)[]) =>
  projecting(
    accountMails,
    record(events, ({ type }) => (type.startsWith('AccountMail') ? `accountMail-${linkId}` : `user-${userId}`), BEGIN),
  );

describe('the document of a mail', () => {
  it('is due when its link was issued, and has nothing of the token', () =>
    history(issued).then({ [key]: { ...of, status: 'pending', attempts: 0, owedAt: BEGIN, dueAt: BEGIN } }));

  it('is due again when an attempt failed, and never when it is refused', () => {
    const failed = { ...mail, attempt: 1, error: 'busy', refused: false };
    history(issued, { type: 'AccountMailFailed', data: { ...failed, nextAttemptAt: BEGIN + 9 } }).then({
      [key]: { status: 'pending', attempts: 1, lastError: 'busy', dueAt: BEGIN + 9 },
    });
    history(issued, { type: 'AccountMailFailed', data: { ...failed, refused: true, nextAttemptAt: null } }).then({
      [key]: { status: 'refused', dueAt: null },
    });
  });

  it('is over when it was sent or is of no use', () => {
    history(issued, { type: 'AccountMailSent', data: { ...mail, attempt: 1, place: 'x:25' } }).then({
      [key]: { status: 'sent', dueAt: null },
    });
    history(issued, { type: 'AccountMailSkipped', data: { ...mail, reason: 'void' } }).then({
      [key]: { status: 'skipped', dueAt: null },
    });
  });

  it('is not touched by what else becomes of the user', () =>
    history(issued, { type: 'UserRemoved', data: { userId, workspaceId, sessionEpoch: 1 } }).then({
      [key]: { status: 'pending', dueAt: BEGIN },
    }));
});
