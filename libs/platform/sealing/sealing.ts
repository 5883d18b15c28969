import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { Sealed } from '../kernel/index.ts';

export interface SealingKey {
  /** `context` says where the text belongs, such as `webhook:<id>:secret`; what was sealed for one place opens in no other. */
  seal(text: string, context: string): Sealed;
  /** @throws {CannotOpen} for another key, another context or changed bytes. */
  open(sealed: Sealed, context: string): string;
}

export const SEALING_KEY = Symbol('SealingKey');

export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. `key` is 32 bytes; its id is the first 8 hex characters of its SHA-256. */
export function sealingKey(key: Buffer): SealingKey {
  if (key.length !== 32) throw new RangeError('A sealing key has 32 bytes.');
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [id, body] = sealed.split('.');
      if (id !== keyId || body === undefined)
        throw new CannotOpen(
          `A secret was sealed with the key ${id}; this one is ${keyId}. ENCRYPTION_KEY is not that of this installation.`,
        );
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw new CannotOpen('It was changed, or belongs elsewhere.', { cause: error });
      }
    },
  };
}
