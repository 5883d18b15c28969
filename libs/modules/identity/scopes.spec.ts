import { describe, expect, it } from '@jest/globals';
import { beyond, parseScope, SCOPES, scopeSchema } from './scopes.ts';

describe('a scope', () => {
  it('names a resource and what may be done with it', () => {
    for (const scope of SCOPES) expect(scope).toMatch(/^[a-z-]+:(read|write|publish)$/);
  });

  it('exists only if it is listed', () => {
    expect(scopeSchema.safeParse('webhooks:write').success).toBe(true);
    expect(scopeSchema.safeParse('webhooks:*').success).toBe(false);
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
