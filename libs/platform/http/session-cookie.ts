import type { FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/index.ts';

/** What a browser is known by: `<session id>.<secret>`. */
export const SESSION_COOKIE = 'carillon_session';

/** No form and no link can set it, and a page of another site must ask before it may. */
const CONSOLE_HEADER = 'carillon-console';
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A browser says where a request comes from; what is no browser says nothing, and has no cookies of anybody else's.
 * @throws {Refusal} `forbidden` for what a page of another origin asks for.
 */
export function refuseCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new Refusal('forbidden', 'The request comes from a page of another site, where a session does not count.');
}

/** @throws {Refusal} `forbidden` for what may change something and does not say that it comes from the console. */
export function requireConsoleHeader({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): void {
  if (SAFE_METHODS.includes(method) || headers[CONSOLE_HEADER] === '1') return;
  throw new Refusal(
    'forbidden',
    'With a session, a request that changes something needs the header Carillon-Console: 1.',
  );
}
