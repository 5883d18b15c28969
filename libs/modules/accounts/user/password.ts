import { invalid } from '../../../platform/kernel/index.ts';
import { canonicalEmail } from './user.decider.ts';

const SHORTEST = 12;
const LONGEST = 256;

/** Of those that are long enough, what is tried first. */
const COMMON = new Set([
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'adminadminadmin',
  'administrator',
  'changemechangeme',
  'letmeinletmein',
  'iloveyouiloveyou',
  'qwertyuiop123',
  'qwertyuiopasdf',
  'qwertyqwerty',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '123123123123',
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789123456789',
  '012345678901',
  'abcdefghijkl',
  'abc123abc123',
]);

/** The same characters typed on another keyboard are the same password. */
export const normalPassword = (password: string): string => password.normalize('NFC');

/**
 * A password that may be set for the user of this address, in the form in which it is hashed.
 * @throws {Refusal} `invalid` for one that anybody would guess.
 */
export function newPassword(password: string, email: string, field = 'password'): string {
  const normal = normalPassword(password);
  const characters = [...normal].length;
  if (characters < SHORTEST || characters > LONGEST) {
    throw invalid(field, `must have ${SHORTEST} to ${LONGEST} characters`);
  }
  const folded = normal.toLowerCase();
  if (folded === canonicalEmail(email)) throw invalid(field, 'must not be the e-mail address');
  if (COMMON.has(folded) || new Set(folded).size < 3) throw invalid(field, 'is one that many people use');
  return normal;
}
