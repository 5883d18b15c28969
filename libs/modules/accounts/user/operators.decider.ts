import { z } from 'zod';
import { command, conflict, type Decider, type DomainEvent } from '../../../platform/kernel/index.ts';

/** Somebody who will be no operator any more counts as none from here on. `term`: which time it is that they are one. */
export type OperatorLetGo = DomainEvent<'OperatorLetGo', { userId: string; term: number }>;

const operator = z.strictObject({ userId: z.uuid(), term: z.int().min(1) });

/** To be asked before they are removed or get another role. `others`: who else was an operator, and could sign in, a moment ago. */
export class LetOperatorGo extends command('LetOperatorGo', operator.extend({ others: z.array(operator) })) {}

/** There is one such stream. */
export const OPERATORS = 'installation';

const keyOf = ({ userId, term }: { readonly userId: string; readonly term: number }): string => `${userId}:${term}`;

/**
 * Keeps the last operator. Two of them who remove each other at the same time change two users; here one comes after the other, and
 * finds the first one gone.
 */
export const operators: Decider<ReadonlySet<string>, LetOperatorGo, OperatorLetGo> = {
  category: 'operators',
  initialState: () => new Set(),
  evolve: (gone, event) => new Set(gone).add(keyOf(event.data)),
  decide: ({ data: { others, ...one } }, gone) => {
    if (gone.has(keyOf(one))) return [];
    if (others.every((other) => gone.has(keyOf(other)))) {
      throw conflict('This is the last operator of the installation; make somebody else one first.');
    }
    return [{ type: 'OperatorLetGo', data: one }];
  },
};
