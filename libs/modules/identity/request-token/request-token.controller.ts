import { Controller, Header, Inject, Post, Req, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { openApiSchema, Route } from '../../../platform/http/index.ts';
import { beyond, widened } from '../scopes.ts';
import { AccessTokens } from '../signing-key/access-tokens.ts';
import { TOKEN_LIFETIME_SECONDS } from '../signing-key/key-plan.ts';
import { ClientAuthentication } from './client-authentication.ts';
import { NOT_STORED, OAuthError, TokenErrorFilter } from './oauth-error.ts';
import { readTokenRequest } from './token-request.ts';

const tokenRequest = z.object({
  client_id: z.string().optional().describe('As issued; required unless sent by HTTP Basic'),
  client_secret: z.string().optional().describe('As issued; required unless sent by HTTP Basic'),
  audience: z.string().describe('Empty, or the public URL of this server; a form may leave it out'),
  grant_type: z.literal('client_credentials'),
  scope: z.string().optional().describe('Scopes separated by spaces, to narrow the token'),
});
const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.literal(TOKEN_LIFETIME_SECONDS).describe('Seconds'),
});
const requestExample = {
  client_id: 'q3v0bY8mJ2x7cW5nK9dR4tL1sF6hG_pZ',
  client_secret: 'Zt5'.padEnd(64, 'x'),
  audience: '',
  grant_type: 'client_credentials',
};
const answerExample: z.infer<typeof tokenAnswer> = {
  access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJjYXJpbGxvbiJ9.c2lnbmF0dXJl',
  token_type: 'Bearer',
  expires_in: TOKEN_LIFETIME_SECONDS,
};
const errorAnswer = z.object({ error: z.string(), error_description: z.string() });

const OAuthErrorResponse = (status: number, description: string, error: string) =>
  ApiResponse({
    status,
    description,
    content: {
      'application/json': {
        schema: openApiSchema(errorAnswer, 'output'),
        example: { error, error_description: 'What went wrong, in a sentence.' },
      },
    },
  });

@ApiTags('Tokens')
@UseFilters(TokenErrorFilter)
@Controller('oauth')
export class RequestTokenController {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly tokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  @Post('token')
  @Header('Cache-Control', NOT_STORED['Cache-Control'])
  @Header('Pragma', NOT_STORED.Pragma)
  @Route({
    summary: 'Exchange client credentials for an access token',
    description:
      'OAuth 2.0 client credentials (RFC 6749 §4.4), as JSON or a form. Only failures are rate limited, by address and client.',
    scope: 'public',
    success: { status: 200, schema: tokenAnswer, example: answerExample },
  })
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiBody({ schema: openApiSchema(tokenRequest, 'input'), examples: { example: { value: requestExample } } })
  @OAuthErrorResponse(400, 'invalid_request, unsupported_grant_type or invalid_scope', 'invalid_request')
  @OAuthErrorResponse(401, 'invalid_client', 'invalid_client')
  @OAuthErrorResponse(429, 'Too many failures; Retry-After says how long to wait', 'temporarily_unavailable')
  async request(@Req() request: FastifyRequest): Promise<z.infer<typeof tokenAnswer>> {
    const { authorization, 'content-type': contentType } = request.headers;
    const asked = readTokenRequest(
      { authorization, contentType, body: request.body },
      this.config.publicUrl || `${request.protocol}://${request.host}`,
    );
    const client = await this.clients.authenticate(asked.clientId, asked.clientSecret, request.ip);
    const excess = beyond(asked.scopes ?? [], widened(client.scopes));
    if (excess.length > 0) throw new OAuthError('invalid_scope', `The client does not have ${excess.join(' ')}.`);
    const token = await this.tokens.issue(client.clientId, asked.scopes ?? client.scopes);
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFETIME_SECONDS };
  }
}
