import { describe, expect, it } from '@jest/globals';
import { OAuthError } from './oauth-error.ts';
import { readTokenRequest, type RawTokenRequest } from './token-request.ts';

const PUBLIC_URL = 'https://hooks.example';
const json = { client_id: 'id', client_secret: 'secret', audience: '', grant_type: 'client_credentials' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

const read = (request: Partial<RawTokenRequest>) =>
  readTokenRequest({ authorization: undefined, contentType: 'application/json', body: json, ...request }, PUBLIC_URL);
const form = (body: Record<string, unknown>, authorization?: string) =>
  read({ contentType: 'application/x-www-form-urlencoded', body, authorization });
const errorOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof OAuthError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a token request as JSON', () => {
  it('carries the credentials of the client', () => {
    expect(read({})).toEqual({ clientId: 'id', clientSecret: 'secret', scopes: undefined });
  });

  it.each(['client_id', 'client_secret', 'audience', 'grant_type'])('needs %s', (name) => {
    const { [name]: _, ...rest } = json as Record<string, string>;
    expect(errorOf(() => read({ body: rest }))).toBe('invalid_request');
  });

  it('knows one grant type', () => {
    expect(errorOf(() => read({ body: { ...json, grant_type: 'password' } }))).toBe('unsupported_grant_type');
  });

  it('is for this server, or does not say', () => {
    for (const audience of ['', PUBLIC_URL, `${PUBLIC_URL}/`]) {
      expect(errorOf(() => read({ body: { ...json, audience } }))).toBe('none');
    }
    for (const audience of ['https://other.example', null, 7]) {
      expect(errorOf(() => read({ body: { ...json, audience } }))).toBe('invalid_request');
    }
  });

  it('may be narrowed to some scopes', () => {
    expect(read({ body: { ...json, scope: 'webhooks:read events:read' } }).scopes).toEqual([
      'webhooks:read',
      'events:read',
    ]);
  });

  it.each([undefined, null, 'text', [json], 3])('is an object, not %p', (body) => {
    expect(errorOf(() => read({ body }))).toBe('invalid_request');
  });
});

describe('a token request as a form', () => {
  it('may leave the audience out', () => {
    const { audience: _, ...rest } = json;
    expect(form(rest)).toMatchObject({ clientId: 'id', clientSecret: 'secret' });
  });

  it('gives each parameter once', () => {
    expect(errorOf(() => form({ ...json, client_id: ['id', 'id'] }))).toBe('invalid_request');
  });
});

describe('a client that authenticates by HTTP Basic', () => {
  const body = { grant_type: 'client_credentials' };

  it('needs no credentials in the body', () => {
    expect(form(body, basic('id:se:cret'))).toMatchObject({ clientId: 'id', clientSecret: 'se:cret' });
    expect(form({ ...body, client_id: 'id' }, basic('id:secret'))).toMatchObject({ clientId: 'id' });
  });

  it('may encode them or send them as they are', () => {
    expect(form(body, basic('id:a%2Bb%2Fc')).clientSecret).toBe('a+b/c');
    expect(form(body, basic('id:a+b/c')).clientSecret).toBe('a+b/c');
    expect(form(body, basic('id:100%')).clientSecret).toBe('100%');
  });

  it('authenticates in no second way', () => {
    expect(errorOf(() => form({ ...body, client_secret: 'secret' }, basic('id:secret')))).toBe('invalid_request');
    expect(errorOf(() => form({ ...body, client_id: 'another' }, basic('id:secret')))).toBe('invalid_request');
  });

  it('is refused if its credentials cannot be read', () => {
    expect(errorOf(() => form(body, basic('no-colon')))).toBe('invalid_client');
  });
});
