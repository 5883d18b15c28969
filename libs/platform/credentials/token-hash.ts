import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 in base64url. For secrets nobody can guess, such as 32 random bytes: what a person chose needs `hashSecret`. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

export function matchesTokenHash(token: string, hash: string): boolean {
  const [given, expected] = [Buffer.from(tokenHash(token)), Buffer.from(hash)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
