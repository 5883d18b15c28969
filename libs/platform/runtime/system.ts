import { randomBytes, randomUUID } from 'node:crypto';
import { ObjectId } from 'bson';
import type { Clock, Ids } from '../kernel/index.ts';

export const CLOCK = Symbol('Clock');
export const IDS = Symbol('Ids');

/** setTimeout takes 32 bits; a longer wait is slept in pieces. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  at(instant, wake) {
    let timer: NodeJS.Timeout;
    const sleep = () => {
      const left = Math.min(Math.max(instant - Date.now(), 0), LONGEST_TIMER_MS);
      // A timer may ring a moment early.
      timer = setTimeout(() => (Date.now() < instant ? sleep() : wake()), left);
    };
    sleep();
    return () => clearTimeout(timer);
  },
};

/** UUID version 7: 48 bits of time, the rest random: ids sort by the millisecond they were made in. */
function uuidv7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

export const randomIds: Ids = {
  uuid: uuidv7,
  objectId: () => new ObjectId().toHexString(),
  random: Math.random,
  token: (length) => randomBytes(length).toString('base64url').slice(0, length),
};
