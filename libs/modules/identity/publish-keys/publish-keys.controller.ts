import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Route } from '../../../platform/http/index.ts';
import { publicJwkSchema } from '../signing-key/signing-key.commands.ts';
import { SIGNING_ALGORITHM, SigningKeys } from '../signing-key/signing-keys.ts';

const jwks = z.object({
  keys: z.array(publicJwkSchema.extend({ kid: z.string(), alg: z.literal(SIGNING_ALGORITHM), use: z.literal('sig') })),
});
const example: z.infer<typeof jwks> = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
      y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
      kid: '2026-11-01',
      alg: SIGNING_ALGORITHM,
      use: 'sig',
    },
  ],
};

@ApiTags('Tokens')
@Controller('.well-known')
export class PublishKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=3600')
  @Route({
    summary: 'The keys that verify access tokens',
    description:
      'A JSON Web Key Set (RFC 7517). A key is in it a day before it signs, until the last token it signed expired.',
    scope: 'public',
    success: { status: 200, schema: jwks, example },
  })
  publish(): z.infer<typeof jwks> {
    const keys = this.keys.published().map(({ keyId, publicJwk: { kty, crv, x, y } }) => ({
      ...{ kty, crv, x, y },
      kid: keyId,
      alg: SIGNING_ALGORITHM,
      use: 'sig' as const,
    }));
    return { keys };
  }
}
