import { expect } from '@jest/globals';
import { Refusal, type AnyCommand, type Decider, type DomainEvent, type RefusalKind } from '../index.ts';

/** `specify(decider).given(events).when(command).then(events)`. */
export function specify<S, C extends AnyCommand, E extends DomainEvent>(decider: Decider<S, C, E>) {
  const given = (history: readonly E[]) => ({
    when: (command: C) => {
      const decide = () => decider.decide(command, history.reduce(decider.evolve, decider.initialState()));
      return {
        then: (expected: readonly E[]) => expect(decide()).toEqual(expected),
        thenNothing: () => expect(decide()).toEqual([]),
        thenRefused: (kind: RefusalKind, message?: RegExp) => {
          const refusal = refusalOf(decide);
          expect(refusal?.kind).toBe(kind);
          if (message) expect(refusal?.message).toMatch(message);
        },
      };
    },
  });
  return { given, when: given([]).when };
}

function refusalOf(decide: () => unknown): Refusal | undefined {
  try {
    decide();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
