import type { onSendHookHandler } from 'fastify';
import type { Position } from '../kernel/index.ts';
import { currentContext } from '../runtime/index.ts';

const LONGEST_WAIT_MS = 2_000;

/** Whether what is read of these categories has got this far, waiting up to `withinMs` for it. */
export type Reached = (positions: ReadonlyMap<string, Position>, withinMs: number) => Promise<boolean>;

/**
 * An answer to a command is given once the documents it will be read from have the command's events. If that takes too long it is
 * the same answer with the header `Carillon-Lag: 1`.
 */
export const readYourWrites =
  (reached: Reached): onSendHookHandler =>
  (_request, reply, payload, done) => {
    const appended = currentContext()?.appended;
    if (!appended || appended.size === 0) return done(null, payload);
    void reached(appended, LONGEST_WAIT_MS).then((inTime) => {
      if (!inTime) void reply.header('Carillon-Lag', '1');
      done(null, payload);
    });
  };
