import { z } from 'zod';
import { command, conflict, type Decider, type DomainEvent } from '../../../platform/kernel/index.ts';

/** A value that only one may have. It is claimed on a stream of its own before it is used. */
export type Claimed = DomainEvent<'Claimed', { kind: 'userEmail'; value: string; ownerId: string }>;

/** `value` is in its canonical form: it names the stream. */
export class ClaimUserEmail extends command(
  'ClaimUserEmail',
  z.strictObject({ value: z.email().lowercase(), ownerId: z.uuid() }),
) {}

export const streamIdOfEmailClaim = (command: ClaimUserEmail): string => `userEmail.${command.data.value}`;

export const emailClaim: Decider<{ ownerId: string } | undefined, ClaimUserEmail, Claimed> = {
  category: 'claim',
  initialState: () => undefined,
  evolve: (_state, event) => ({ ownerId: event.data.ownerId }),
  decide: (command, state) => {
    if (!state) return [{ type: 'Claimed', data: { kind: 'userEmail', ...command.data } }];
    if (state.ownerId !== command.data.ownerId) throw conflict('This e-mail address belongs to another user.');
    return [];
  },
};
