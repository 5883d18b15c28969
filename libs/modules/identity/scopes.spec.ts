import { describe, expect, it } from '@jest/globals';
import { beyond, parseScope, SCOPES, scopeSchema, widened } from './scopes.ts';

describe('a scope', () => {
  it('names a resource and what may be done with it', () => {
    for (const scope of SCOPES) expect(scope).toMatch(/^[a-z-]+:(read|write|publish|create|edit|list|delete)$/);
  });

  it('exists only if it is listed', () => {
    expect(scopeSchema.safeParse('webhooks:write').success).toBe(true);
    expect(scopeSchema.safeParse('webhooks:*').success).toBe(false);
  });
});

describe('whoever may read or write webhooks', () => {
  const beside = (...scopes: string[]) => [...widened(scopes)].filter((scope) => !scopes.includes(scope)).sort();
  const roles = SCOPES.filter((scope) => scope.startsWith('location-webhooks:'));

  it('has the roles of the location dialect that come to the same', () => {
    expect(beside('webhooks:read')).toEqual(['location-webhooks:list', 'location-webhooks:read']);
    expect(beside('webhooks:write')).toEqual([
      ...['location-webhooks:create', 'location-webhooks:delete', 'location-webhooks:edit'],
    ]);
    expect(beside('webhooks:read', 'webhooks:write')).toEqual([...roles].sort());
  });

  it('has them from nothing else, and nothing else from them', () => {
    const others = SCOPES.filter((scope) => !['webhooks:read', 'webhooks:write'].includes(scope));
    expect(beside(...others)).toEqual([]);
  });

  it('has no more for having them said', () => {
    expect(widened([...widened(['webhooks:write'])])).toEqual(widened(['webhooks:write']));
  });

  it('has nothing from what is no scope', () => {
    expect([...widened(['webhooks:everything', 'constructor'])]).toEqual(['webhooks:everything', 'constructor']);
  });
});

describe('the scope parameter', () => {
  it('is a list separated by spaces, each scope counting once', () => {
    expect(parseScope(' webhooks:read  events:read webhooks:read')).toEqual(['webhooks:read', 'events:read']);
  });

  it('is empty when it holds nothing', () => {
    expect(parseScope(' ')).toEqual([]);
  });
});

describe('asking for scopes', () => {
  it('is answered with those that are not held', () => {
    const held = new Set(['webhooks:read', 'events:read']);
    expect(beyond(['events:read', 'webhooks:write'], held)).toEqual(['webhooks:write']);
    expect(beyond(['events:read'], held)).toEqual([]);
  });
});
