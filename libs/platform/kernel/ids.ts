import { createHash } from 'node:crypto';

/** Source of fresh identifiers. A port, so that a simulation can replay a run. */
export type Ids = {
  /** A time-ordered UUID (version 7). */
  readonly uuid: () => string;
  /** 24 lower-case hex characters, as a MongoDB ObjectId. */
  readonly objectId: () => string;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** `length` characters of A-Za-z0-9_-, unguessable. */
  readonly token: (length: number) => string;
};

/** The same parts always give the same UUID (version 8, from SHA-256): repeating a step repeats its id. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** The same parts always give the same positive 31-bit integer, from SHA-256. Two owners may get one: it has to be claimed. */
export function derivedInteger(...parts: readonly (string | number)[]): number {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  return (hash.readUInt32BE(0) % 0x7f_ff_ff_ff) + 1;
}
