import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { ada, BEGIN, by, HOUR, linkNumber } from '../user/testing/people.ts';
import { RecordAccountMail, SkipAccountMail } from './account-mail.commands.ts';
import { accountMail } from './account-mail.decider.ts';
import type { AccountMailEvent } from './account-mail.events.ts';

const MINUTE = 60_000;
const { given, when } = specify(accountMail);
const mail = {
  linkId: linkNumber(1).linkId,
  ...{ userId: ada.userId, workspaceId: ada.workspaceId, purpose: 'reset' as const, address: ada.email },
};
const record = (outcome: RecordAccountMail['data']['outcome'], at = BEGIN) =>
  new RecordAccountMail({ mail, expiresAt: BEGIN + HOUR, outcome }, by('system', at));
const unavailable = { is: 'unavailable', error: 'busy' } as const;
const failed = (attempt: number, nextAttemptAt: number | null, refused = false): AccountMailEvent => ({
  type: 'AccountMailFailed',
  data: { ...mail, attempt, error: 'busy', refused, nextAttemptAt },
});
const sent: AccountMailEvent = { type: 'AccountMailSent', data: { ...mail, attempt: 1, place: 'x:25' } };

describe('a mail', () => {
  it('is sent once', () => {
    when(record({ is: 'sent', place: 'x:25' })).then([sent]);
    given([sent])
      .when(record({ is: 'sent', place: 'x:25' }))
      .thenNothing();
    given([sent])
      .when(new SkipAccountMail({ mail, reason: 'void' }, by()))
      .thenNothing();
  });

  it('is tried again after growing waits, as long as the link counts', () => {
    when(record(unavailable)).then([failed(1, BEGIN + MINUTE)]);
    const one = failed(1, BEGIN + MINUTE);
    given([one])
      .when(record(unavailable, BEGIN + MINUTE))
      .then([failed(2, BEGIN + 6 * MINUTE)]);
    const two = failed(2, BEGIN + 6 * MINUTE);
    given([one, two])
      .when(record(unavailable, BEGIN + 30 * MINUTE))
      .then([failed(3, null)]);
  });

  it('is over when it is refused', () => {
    when(record({ is: 'refused', error: 'busy' })).then([failed(1, null, true)]);
    given([failed(1, null, true)])
      .when(record({ is: 'sent', place: 'x:25' }))
      .thenNothing();
  });

  it('is skipped when its link is of no use', () =>
    when(new SkipAccountMail({ mail, reason: 'expired' }, by())).then([
      { type: 'AccountMailSkipped', data: { ...mail, reason: 'expired' } },
    ]));
});
