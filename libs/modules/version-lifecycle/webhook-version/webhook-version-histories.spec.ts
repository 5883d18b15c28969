import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { DAY, metadataAt, RELEASED_AT } from './testing/version-history.ts';
import {
  PostponeExpiration,
  ReachMilestones,
  ReleaseVersion,
  WithdrawVersion,
  type WebhookVersionCommand,
} from './webhook-version.commands.ts';
import { webhookVersion, type Versions } from './webhook-version.decider.ts';
import type { Calendar, WebhookVersionEvent } from './webhook-version.events.ts';
import { webhookVersions, type WebhookVersionDocument } from './webhook-versions.projection.ts';

/** What somebody, or the calendar job, tries; `of` picks a version that was released. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('postpone' as const),
      of: fc.nat(9),
      days: fc.integer({ min: -5, max: 120 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('reach' as const), of: fc.nat(9) }) },
);
/** Each a while after the one before; long enough, often, to sleep through several milestones. */
const steps = fc.array(
  fc.record({
    after: fc.oneof(fc.integer({ min: 1, max: 5 * DAY }), fc.integer({ min: 10 * DAY, max: 200 * DAY })),
    step,
  }),
  { maxLength: 40 },
);

type Happened = WebhookVersionEvent & { readonly at: number };

/** A history, with the instant of each event. */
class History {
  readonly events: Happened[] = [];
  readonly names = ['v0'];
  state: Versions = webhookVersion.initialState();
  now = RELEASED_AT;

  constructor() {
    this.give(this.#release(null));
  }

  /** A refused command leaves nothing behind. */
  give(command: WebhookVersionCommand): readonly WebhookVersionEvent[] {
    try {
      const events = webhookVersion.decide(command, this.state);
      this.state = events.reduce(webhookVersion.evolve, this.state);
      this.events.push(...events.map((event) => ({ ...event, at: this.now })));
      return events;
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  }

  take(tried: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
    const current = [...this.state.values()].find(({ calendar, withdrawn }) => !calendar && !withdrawn)?.name ?? '';
    if (tried.do === 'release') {
      this.names.push(`v${this.names.length}`);
      this.give(this.#release(current));
    } else if (tried.do === 'withdraw') {
      this.give(new WithdrawVersion({ version: current, webhooks: 0 }, metadataAt(this.now)));
    } else if (tried.do === 'reach') {
      this.give(this.reach(this.#pick(tried.of)));
    } else {
      const version = this.#pick(tried.of);
      const expiresAt = (this.state.get(version)?.calendar?.expiresAt ?? this.now) + tried.days * DAY;
      this.give(new PostponeExpiration({ version, expiresAt }, metadataAt(this.now)));
    }
  }

  reach(version: string, at = this.now) {
    return new ReachMilestones({ version, upTo: at }, metadataAt(at));
  }

  /** The documents, from the events alone. */
  documents(): ReadonlyMap<string, WebhookVersionDocument> {
    const documents = new Map<string, WebhookVersionDocument>();
    const view = { get: (id: string) => documents.get(id), where: () => [] };
    for (const event of record<WebhookVersionEvent>(this.events, () => 'webhookVersion-releases')) {
      for (const key of webhookVersions.keys(event)) {
        const document = webhookVersions.fold(documents.get(key), event, key, view);
        if (document) documents.set(key, document);
      }
    }
    return documents;
  }

  #release(supersedes: string | null) {
    const version = this.names.at(-1) ?? '';
    return new ReleaseVersion({ version, notes: '', triggers: {}, supersedes }, metadataAt(this.now));
  }

  #pick(number: number): string {
    return this.names[number % this.names.length] ?? '';
  }
}

type Moment = { readonly now: number; readonly state: Versions };

/** The history, and what was known after each step. */
function play(taken: readonly { after: number; step: Parameters<History['take']>[0] }[]): [History, Moment[]] {
  const history = new History();
  const moments = taken.map(({ after, step }) => {
    history.now += after;
    history.take(step);
    return { now: history.now, state: history.state };
  });
  return [history, moments];
}

/** A date that a version has for a while, and what is recorded of it. */
type Term = { readonly calendar: Calendar; readonly recorded: string[]; over: boolean };

function termsOf(events: readonly Happened[], check: (event: Happened, term: Term | undefined) => void): void {
  const terms = new Map<string, Term>();
  for (const event of events) {
    if (event.type === 'VersionReleased' && event.data.supersedes) {
      terms.set(event.data.supersedes.version, { calendar: event.data.supersedes, recorded: [], over: false });
    } else if (event.type === 'ExpirationPostponed') {
      terms.set(event.data.version, { calendar: event.data, recorded: [], over: false });
    } else if (event.type === 'VersionWithdrawn') {
      terms.delete(event.data.restores);
      terms.delete(event.data.version);
    } else if (event.type === 'MilestoneReached' || event.type === 'VersionExpired') {
      const term = terms.get(event.data.version);
      check(event, term);
      term?.recorded.push(event.type === 'VersionExpired' ? 'expired' : event.data.milestone);
    }
  }
}

const ORDER = ['announcement', 'reminder', 'popup', 'expired'];
const holds = (property: (history: History, moments: readonly Moment[]) => void) =>
  fc.assert(
    fc.property(steps, (taken) => property(...play(taken))),
    { numRuns: 500 },
  );

describe('whatever is released, postponed, withdrawn and slept through', () => {
  it('each milestone of a date is recorded once, in order, and nothing after the expiration', () =>
    holds(({ events }) =>
      termsOf(events, (event, term) => {
        const recorded = event.type === 'MilestoneReached' ? event.data.milestone : 'expired';
        expect([...(term?.recorded ?? []), recorded]).toEqual(ORDER.slice(0, (term?.recorded.length ?? 0) + 1));
      }),
    ));

  it('nothing is recorded too early, nor for a version that has no date', () =>
    holds(({ events }) =>
      termsOf(events, (event, term) => {
        const { calendar } = term ?? {};
        if (!calendar) throw new Error(`${event.data.version} has no date`);
        const due = {
          announcement: calendar.announceAt,
          reminder: calendar.remindAt,
          popup: calendar.popupAt,
          expired: calendar.disableAt,
        };
        const recorded = event.type === 'MilestoneReached' ? event.data.milestone : 'expired';
        expect(event.at).toBeGreaterThanOrEqual(Math.max(due[recorded], calendar.announceAt));
        expect(event.data).toMatchObject({ expiresAt: calendar.expiresAt });
      }),
    ));

  it('no mail about a date is owed once the next one is, or the date has passed', () =>
    holds(({ events }) =>
      termsOf(events, (event) => {
        if (event.type !== 'MilestoneReached' || event.data.overtaken) return;
        const { milestone, announceAt, remindAt, popupAt, expiresAt, disableAt } = event.data;
        expect(event.at).toBeLessThan(milestone === 'popup' ? disableAt : expiresAt);
        const isAhead = (next: number) => next <= announceAt || event.at < next;
        if (milestone === 'announcement') expect(isAhead(remindAt) && isAhead(popupAt)).toBe(true);
        if (milestone === 'reminder') expect(remindAt > announceAt && isAhead(popupAt)).toBe(true);
      }),
    ));

  it('every date is told by one mail, if it is looked at in time', () =>
    holds((_, moments) => {
      for (const { now, state } of moments) {
        for (const { name, calendar, reached } of state.values()) {
          if (calendar?.announceAt !== now || reached.length > 0) continue;
          const events = webhookVersion.decide(
            new ReachMilestones({ version: name, upTo: now }, metadataAt(now)),
            state,
          );
          const mailed = events.flatMap(({ data }) =>
            'milestone' in data && data.milestone !== 'popup' && !data.overtaken ? [data.milestone] : [],
          );
          expect(mailed).toEqual(['announcement']);
        }
      }
    }));

  it('what is due is recorded at once and completely, and the document says when the next is', () =>
    holds((history) => {
      for (const name of history.names) history.give(history.reach(name));
      for (const [name, { dueAt, calendar, expired }] of history.documents()) {
        expect(webhookVersion.decide(history.reach(name), history.state)).toEqual([]);
        expect(dueAt === null).toBe(calendar === null || expired);
        if (dueAt === null) continue;
        expect(dueAt).toBeGreaterThan(history.now);
        expect(webhookVersion.decide(history.reach(name, dueAt - 1), history.state)).toEqual([]);
        expect(webhookVersion.decide(history.reach(name, dueAt), history.state)).not.toEqual([]);
      }
    }));

  it('exactly one version is current, and documents know what the decider knows', () =>
    holds((history) => {
      const versions = [...history.state.values()];
      expect(versions.filter(({ withdrawn, calendar }) => !withdrawn && !calendar)).toHaveLength(1);
      const documents = history.documents();
      for (const version of versions) expect(documents.get(version.name)).toMatchObject(version);
      expect(documents.size).toBe(versions.length);
    }));
});
