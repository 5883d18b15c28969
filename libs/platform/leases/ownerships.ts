import type { Ownership } from './ownership.ts';
import { SoleOwner } from './sole-owner.ts';

/** This process's part of the names of a group. What a process that died held stays idle for `lastsMs`. */
export type Ownerships = (group: string, lastsMs: number) => Ownership;
export const OWNERSHIPS = Symbol('Ownerships');

export const soleOwnerships: Ownerships = () => new SoleOwner();

/** Of a process that leaves all the work to others. */
export const bystander: Ownership = {
  shared: true,
  start: () => undefined,
  stop: () => Promise.resolve(),
  holds: () => false,
  isSafeFor: () => false,
};
