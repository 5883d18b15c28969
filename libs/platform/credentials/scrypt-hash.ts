import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 2^14 rounds of 8 blocks: 16 MiB and some 30 ms a hash, off the main thread. */
const COST = 2 ** 14;
const BLOCK_SIZE = 8;
const KEY_BYTES = 32;

/** `scrypt$<N>$<r>$<salt>$<key>`, both base64url. The salt is at least 16 unguessable characters. */
export async function hashSecret(secret: string, salt: string): Promise<string> {
  const saltBytes = Buffer.from(salt);
  const key = await derive(secret, saltBytes, KEY_BYTES, { N: COST, r: BLOCK_SIZE });
  return `scrypt$${COST}$${BLOCK_SIZE}$${saltBytes.toString('base64url')}$${key.toString('base64url')}`;
}

export async function matchesHash(secret: string, hash: string): Promise<boolean> {
  const [, cost, blockSize, salt = '', expected = ''] = hash.split('$');
  const key = Buffer.from(expected, 'base64url');
  const options = { N: Number(cost), r: Number(blockSize) };
  return timingSafeEqual(await derive(secret, Buffer.from(salt, 'base64url'), key.length, options), key);
}

/** Matches no secret anyone knows; checking against it takes as long as checking against a real one. */
export const NO_ONES_HASH = `scrypt$${COST}$${BLOCK_SIZE}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
