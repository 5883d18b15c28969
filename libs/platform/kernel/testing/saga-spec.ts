import { expect } from '@jest/globals';
import type { DomainEvent, Documents, Recorded, Saga } from '../index.ts';

/** `reacting(saga).given(history).when(event).then([{ type, data }])`: folds the saga's own documents, then reacts to the last event. */
export function reacting<E extends DomainEvent, D extends object>(saga: Saga<E, D>) {
  const given = (history: readonly Recorded<E>[]) => {
    const documents = new Map<string, D>();
    const view: Documents<D> = {
      get: (id) => documents.get(id),
      where: (field, value) => [...documents.values()].filter((d) => (d as Record<string, unknown>)[field] === value),
    };
    const remember = (event: Recorded<E>) => {
      for (const key of saga.documents?.keys(event) ?? []) {
        const document = saga.documents?.fold(documents.get(key), event, key, view);
        if (document !== undefined) documents.set(key, document);
      }
    };
    history.forEach(remember);
    return {
      when: (event: Recorded<E>) => {
        remember(event);
        const commands = saga.react(event, view).map(({ type, data }) => ({ type, data }));
        return {
          then: (expected: readonly { type: string; data: unknown }[]) => expect(commands).toEqual(expected),
          thenNothing: () => expect(commands).toEqual([]),
        };
      },
    };
  };
  return { given, when: given([]).when };
}
