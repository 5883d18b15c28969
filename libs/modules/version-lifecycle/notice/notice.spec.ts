import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { RecordSending, SkipNotice, type NoticeCommand } from './notice.commands.ts';
import { notice, type Notice } from './notice.decider.ts';
import type { NoticeEvent } from './notice.events.ts';
import { BEGIN, oweNotice, STALE_AT } from './testing/notices.ts';

const of = {
  noticeId: 'n-1',
  workspaceId: 'company1',
  version: '2026-01-01',
  milestone: 'announcement',
  address: 'ada@customer.example',
} as const;
const due: NoticeEvent = { type: 'NoticeDue', data: oweNotice().data };
const sent: NoticeEvent = { type: 'NoticeSent', data: { ...of, attempt: 1, place: 'mail:25' } };
const refused: NoticeEvent = {
  type: 'NoticeFailed',
  data: { ...of, attempt: 1, error: '550', refused: true, nextAttemptAt: null },
};
const givenUp: NoticeEvent = {
  type: 'NoticeFailed',
  data: { ...of, attempt: 9, error: '451', refused: false, nextAttemptAt: null },
};
const skipped: NoticeEvent = { type: 'NoticeSkipped', data: { ...of, reason: 'void' } };
const failed = (attempt: number, nextAttemptAt: number | null, error = '451'): NoticeEvent => ({
  type: 'NoticeFailed',
  data: { ...of, attempt, error, refused: false, nextAttemptAt },
});

const metadata = (at: number) => ({ at, actor: 'system', traceId: 'trace' });
type Outcome = RecordSending['data']['outcome'];
const record = (outcome: Outcome, at = BEGIN) => new RecordSending({ noticeId: 'n-1', outcome }, metadata(at));
const skip = (reason: SkipNotice['data']['reason']) => new SkipNotice({ noticeId: 'n-1', reason }, metadata(BEGIN));
const unavailable: Outcome = { is: 'unavailable', error: '451' };

describe('a notice', () => {
  it('is owed once', () => {
    specify(notice).when(oweNotice()).then([due]);
    specify(notice).given([due]).when(oweNotice()).thenNothing();
    specify(notice).given([due, sent]).when(oweNotice()).thenNothing();
  });

  it('that is not there cannot be sent or skipped', () => {
    specify(notice).when(record(unavailable)).thenRefused('not-found');
    specify(notice).when(skip('void')).thenRefused('not-found');
  });

  it('says where it was handed over', () =>
    specify(notice)
      .given([due])
      .when(record({ is: 'sent', place: 'mail:25' }))
      .then([sent]));

  it('that is refused is not tried again', () =>
    specify(notice)
      .given([due])
      .when(record({ is: 'refused', error: '550' }))
      .then([refused]));

  it.each(['overtaken', 'void', 'moved', 'untold'] as const)('is skipped when it is %s', (reason) =>
    specify(notice)
      .given([due, failed(1, BEGIN + 60_000)])
      .when(skip(reason))
      .then([{ type: 'NoticeSkipped', data: { ...of, reason } }]),
  );

  it.each([
    ['sent', sent],
    ['refused', refused],
    ['given up', givenUp],
    ['skipped', skipped],
  ])('that is %s stays so', (_, last) => {
    for (const outcome of [unavailable, { is: 'sent', place: '' }, { is: 'refused', error: '' }] as const)
      specify(notice).given([due, last]).when(record(outcome)).thenNothing();
    specify(notice).given([due, last]).when(skip('void')).thenNothing();
  });
});

describe('a notice that cannot be sent now', () => {
  const waits = ['1 min', '5 min', '30 min', '2 h', '6 h', '12 h', '24 h', '24 h'];
  const milliseconds = (text: string) => Number.parseInt(text, 10) * (text.endsWith('h') ? 3_600_000 : 60_000);

  it.each(waits.map((wait, n) => [n + 1, wait] as const))('waits after attempt %i for %s', (attempt, wait) =>
    specify(notice)
      .given([due, ...(attempt === 1 ? [] : [failed(attempt - 1, BEGIN)])])
      .when(record(unavailable))
      .then([failed(attempt, BEGIN + milliseconds(wait))]),
  );

  it('is given up after nine attempts', () =>
    specify(notice)
      .given([due, failed(8, BEGIN)])
      .when(record(unavailable))
      .then([failed(9, null)]));

  it('is given up when nobody would want to read it by the next attempt', () => {
    specify(notice)
      .given([due])
      .when(record(unavailable, STALE_AT - 60_000))
      .then([failed(1, null)]);
    specify(notice)
      .given([due])
      .when(record(unavailable, STALE_AT - 60_001))
      .then([failed(1, STALE_AT - 1)]);
  });

  it('waits as long as it takes when it does not become stale', () =>
    specify(notice)
      .given([{ ...due, data: { ...due.data, staleAt: null } }, failed(7, BEGIN)])
      .when(record(unavailable, STALE_AT))
      .then([failed(8, STALE_AT + 86_400_000)]));
});

describe('whatever becomes of a notice', () => {
  const outcome = fc.oneof(
    { weight: 6, arbitrary: fc.constant(unavailable) },
    fc.constantFrom<Outcome>({ is: 'sent', place: 'mail:25' }, { is: 'refused', error: '550' }),
  );
  const command = (at: number): fc.Arbitrary<NoticeCommand> =>
    fc.oneof(
      { weight: 8, arbitrary: outcome.map((one) => record(one, at)) },
      fc.constantFrom<NoticeCommand>(skip('void'), skip('overtaken'), oweNotice()),
    );
  const commands = fc
    .array(fc.nat(172_800_000), { maxLength: 15 })
    .chain((steps) => fc.tuple(...steps.map((_, n) => command(BEGIN + steps.slice(0, n).reduce((a, b) => a + b, 0)))));

  const run = (all: readonly NoticeCommand[]) => {
    const events: NoticeEvent[] = [];
    const states: (Notice | undefined)[] = [];
    let state: Notice | undefined;
    for (const one of [oweNotice(), ...all]) {
      const decided = notice.decide(one, state);
      events.push(...decided);
      state = decided.reduce(notice.evolve, state);
      states.push(state);
    }
    return { events, states };
  };

  it('it ends at most once, and nothing comes after that', () =>
    fc.assert(
      fc.property(commands, (all) => {
        const { events } = run(all);
        const ends = events.map(({ type, data }) =>
          type === 'NoticeFailed' ? data.nextAttemptAt === null : type !== 'NoticeDue',
        );
        expect(ends.slice(0, -1)).not.toContain(true);
      }),
    ));

  it('its attempts are counted one by one, up to nine, and none is planned for when it is stale', () =>
    fc.assert(
      fc.property(commands, (all) => {
        const { events, states } = run(all);
        const attempts = events.flatMap(({ data }) => ('attempt' in data ? [data.attempt] : []));
        expect(attempts).toEqual(attempts.map((_, n) => n + 1));
        expect(attempts.length).toBeLessThanOrEqual(9);
        for (const state of states) {
          expect(state?.nextAttemptAt ?? 0).toBeLessThan(STALE_AT);
          if (state?.status !== 'pending') expect(state?.nextAttemptAt).toBeNull();
        }
      }),
    ));
});
