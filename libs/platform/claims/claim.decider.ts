import { z } from 'zod';
import { command, conflict, type Decider, type DomainEvent } from '../kernel/index.ts';

/** From here on the value is its owner's, among all of its kind. */
export type Claimed = DomainEvent<'Claimed', { kind: string; value: string; ownerId: string }>;

/** `value` is in its canonical form: it names the stream. */
export class ClaimValue extends command(
  'ClaimValue',
  z.strictObject({
    kind: z.string().regex(/^[a-zA-Z]+$/),
    value: z.string().min(1).max(320),
    ownerId: z.string().min(1),
  }),
) {}

export const streamIdOfClaim = ({ data: { kind, value } }: ClaimValue): string => `${kind}.${value}`;

/** A value that only one may have, on a stream of its own. It is claimed before it is used, and never given back. */
export const claim: Decider<{ readonly ownerId: string } | undefined, ClaimValue, Claimed> = {
  category: 'claim',
  initialState: () => undefined,
  evolve: (_state, event) => ({ ownerId: event.data.ownerId }),
  decide: (command, state) => {
    if (!state) return [{ type: 'Claimed', data: command.data }];
    if (state.ownerId !== command.data.ownerId) throw conflict('It belongs to another one.');
    return [];
  },
};
