import type { FastifyRequest } from 'fastify';

export type BasicCredentials = { readonly id: string; readonly secret: string };

export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];

/** What HTTP Basic carries, still encoded; undefined for any other scheme. */
export const basicToken = (authorization: string | undefined): string | undefined =>
  /^Basic +(\S+) *$/i.exec(authorization ?? '')?.[1];

/** RFC 7617 in UTF-8: a secret may contain colons, an id cannot. Undefined for what has none. */
export function basicCredentials(encoded: string): BasicCredentials | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** `WWW-Authenticate` of a 401: what the route of the request would have taken. */
export const challengeOf = ({ takesBasic }: Pick<FastifyRequest, 'takesBasic'>): string =>
  takesBasic ? 'Bearer, Basic realm="Carillon", charset="UTF-8"' : 'Bearer';
