import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { NoticeEvent } from './notice.events.ts';
import { notices } from './notices.projection.ts';
import { oweNotice } from './testing/notices.ts';

const { data } = oweNotice();
const { noticeId, workspaceId, version, milestone, address } = data;
const of = { noticeId, workspaceId, version, milestone, address };
const due: NoticeEvent = { type: 'NoticeDue', data };
const failed = (attempt: number, nextAttemptAt: number | null, refused = false): NoticeEvent => ({
  type: 'NoticeFailed',
  data: { ...of, attempt, error: `error ${attempt}`, refused, nextAttemptAt },
});
const sent = (attempt: number): NoticeEvent => ({ type: 'NoticeSent', data: { ...of, attempt, place: 'mail:25' } });

const AT = 1_000;
const after = (...events: NoticeEvent[]) =>
  projecting(
    notices,
    record(events, () => 'notice-n-1', AT),
  );

describe('the document of a notice', () => {
  it('says what is owed to whom, and is due at once', () =>
    after(due).then({
      'n-1': {
        ...data,
        status: 'pending',
        attempts: 0,
        lastError: null,
        owedAt: AT,
        dueAt: AT,
        sentAt: null,
        place: null,
        addressKey: 'ada@customer.example',
      },
    }));

  it('knows its address in whatever case it is written', () =>
    after({ ...due, data: { ...data, address: 'Ada@Customer.example' } }).then({
      'n-1': { address: 'Ada@Customer.example', addressKey: 'ada@customer.example' },
    }));

  it('is due when it is to be tried again', () =>
    after(due, failed(1, 5_000)).then({
      'n-1': { status: 'pending', attempts: 1, lastError: 'error 1', owedAt: AT, dueAt: 5_000, sentAt: null },
    }));

  it('says when and where it was sent, and what had kept it from being so', () =>
    after(due, failed(1, 5_000), sent(2)).then({
      'n-1': {
        status: 'sent',
        attempts: 2,
        lastError: 'error 1',
        owedAt: AT,
        dueAt: null,
        sentAt: AT + 2,
        place: 'mail:25',
      },
    }));

  it.each<[string, NoticeEvent]>([
    ['refused', failed(1, null, true)],
    ['failed', failed(1, null)],
    ['skipped', { type: 'NoticeSkipped', data: { ...of, reason: 'void' } }],
  ])('is not due any more once it is %s', (status, last) =>
    after(due, last).then({ 'n-1': { status, dueAt: null, sentAt: null, place: null } }),
  );

  it('is one for each notice', () => {
    const other: NoticeEvent = {
      type: 'NoticeDue',
      data: { ...data, noticeId: 'n-2', address: 'bob@customer.example' },
    };
    const history = record([due, other, sent(1)], (event) => `notice-${event.data.noticeId}`);
    const { documents } = projecting(notices, history);
    expect(documents).toMatchObject({ 'n-1': { status: 'sent' }, 'n-2': { status: 'pending' } });
  });
});
