import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal, type AnyCommand, type Decider, type DomainEvent } from '../../../platform/kernel/index.ts';
import { LetOperatorGo, operators, type OperatorLetGo } from './operators.decider.ts';
import { userIdOf } from './resident-users.ts';
import { ada, BEGIN, by, hashOf, HOUR, linkNumber } from './testing/people.ts';
import { ChangeUser, InviteUser, IssuePasswordLink, RemoveUser, RegisterUser, SetPassword } from './user.commands.ts';
import { user, type User } from './user.decider.ts';

/** Decides on what is stored, as a handler does; what is refused leaves nothing behind. */
class Stream<S, C extends AnyCommand, E extends DomainEvent> {
  state: S;
  readonly events: E[] = [];

  constructor(private readonly decider: Decider<S, C, E>) {
    this.state = decider.initialState();
  }

  give(command: C): boolean {
    try {
      const events = this.decider.decide(command, this.state);
      this.events.push(...events);
      this.state = events.reduce(this.decider.evolve, this.state);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}

describe('password links, whatever happens', () => {
  const step = fc.oneof(
    fc.record({ is: fc.constantFrom('invite' as const, 'invitation' as const, 'reset' as const) }),
    fc.record({ is: fc.constant('redeem' as const), ago: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ is: fc.constant('wait' as const), quarters: fc.integer({ min: 1, max: 5 }) }),
    { arbitrary: fc.record({ is: fc.constant('remove' as const) }), weight: 1 },
  );

  it('are redeemed at most once each, the newest only, and before they expire', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
        const { userId } = ada;
        const stream = new Stream(user);
        /** Until when each counts, by number. */
        const issued: number[] = [];
        const voided = new Set<number>();
        let now = BEGIN;
        const voidAll = () => issued.forEach((_, n) => voided.add(n));
        for (const one of steps) {
          const metadata = by('client:tester', now);
          if (one.is === 'wait') now += one.quarters * (HOUR / 4);
          else if (one.is === 'remove') {
            if (stream.give(new RemoveUser({ userId }, metadata))) voidAll();
          } else if (one.is === 'redeem') {
            const n = issued.length - 1 - one.ago;
            const set = { by: 'link', userId, passwordHash: 'scrypt$1', tokenHash: hashOf(n) } as const;
            const isGood = !voided.has(n) && now < (issued[n] ?? 0);
            expect(stream.give(new SetPassword(set, metadata))).toBe(isGood);
            if (isGood) voidAll();
          } else {
            const link = linkNumber(issued.length, now + HOUR);
            const { is: purpose } = one;
            const command =
              purpose === 'invite'
                ? new InviteUser({ ...ada, role: 'viewer', link }, metadata)
                : new IssuePasswordLink({ userId, purpose, link }, metadata);
            if (!stream.give(command)) continue;
            voidAll();
            issued.push(now + HOUR);
          }
        }
      }),
    );
  });
});

describe('the operators, whatever several of them do at once', () => {
  const people = ['ada', 'bob', 'cleo'].map((name) => `${name}@one.example`);
  const step = fc.record({
    who: fc.integer({ min: 0, max: 2 }),
    is: fc.constantFrom(
      ...(['look', 'let go', 'let go', 'let go', 'demote', 'demote', 'demote', 'remove', 'promote'] as const),
    ),
  });

  it('are never without one who can sign in', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
        const users = people.map((email) => {
          const stream = new Stream(user);
          const data = { userId: userIdOf(email), email, passwordHash: 'scrypt$1', workspaceId: 'root' };
          stream.give(new RegisterUser({ ...data, roles: ['operator'] }, by()));
          return stream;
        });
        const guard = new Stream<ReadonlySet<string>, LetOperatorGo, OperatorLetGo>(operators);
        const isOperator = (state: User) => state?.role === 'operator' && state.status === 'active';
        // What each request has read, which may be long ago, and which term it was granted.
        const seen = users.map(() => users.map(({ state }) => state));
        const granted: (number | undefined)[] = [];
        for (const { who, is } of steps) {
          const [one, looked] = [users[who], seen[who]];
          if (!one?.state || !looked) continue;
          const { userId } = one.state;
          if (is === 'look') seen[who] = users.map(({ state }) => state);
          else if (is === 'let go') {
            const term = looked[who]?.operatorTerm ?? 0;
            const others = looked.flatMap((other, n) =>
              n !== who && other && isOperator(other) ? [{ userId: other.userId, term: other.operatorTerm }] : [],
            );
            if (guard.give(new LetOperatorGo({ userId, term, others }, by()))) granted[who] = term;
          } else if (is === 'demote') one.give(new ChangeUser({ userId, role: 'viewer', letGo: granted[who] }, by()));
          else if (is === 'remove') one.give(new RemoveUser({ userId, letGo: granted[who] }, by()));
          else one.give(new ChangeUser({ userId, role: 'operator' }, by()));
          expect(users.some(({ state }) => isOperator(state))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
