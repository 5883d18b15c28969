import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

const keyId = z.string().min(1).max(128);

export const publicJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});

/** Making a key that exists changes nothing: processes that make the same next key at the same time end up with one. */
export class MakeSigningKey extends command(
  'MakeSigningKey',
  z.strictObject({ keyId, publicJwk: publicJwkSchema, privateJwk: z.string(), activeFrom: z.int() }),
) {}

export class RetireSigningKey extends command('RetireSigningKey', z.strictObject({ keyId })) {}

export type SigningKeyCommand = MakeSigningKey | RetireSigningKey;
