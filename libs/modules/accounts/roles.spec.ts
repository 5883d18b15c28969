import { describe, expect, it } from '@jest/globals';
import { SCOPES } from '../identity/contract.ts';
import { ROLES, scopesOf } from './roles.ts';

const has = (role: (typeof ROLES)[number], scope: string) => scopesOf(role).has(scope);
const writes = (role: (typeof ROLES)[number]) => [...scopesOf(role)].filter((scope) => !/:(read|list)$/.test(scope));

describe('a role', () => {
  it('may do all that the one before it may, and more', () => {
    for (const [i, role] of ROLES.slice(1).entries()) {
      const lesser = scopesOf(ROLES[i] ?? 'viewer');
      expect([...lesser].filter((scope) => !has(role, scope))).toEqual([]);
      expect(scopesOf(role).size).toBeGreaterThan(lesser.size);
    }
  });

  it('has what its scopes imply', () => {
    expect(has('viewer', 'location-webhooks:list')).toBe(true);
    expect(has('webhook-admin', 'location-webhooks:edit')).toBe(true);
  });
});

describe('a viewer', () => {
  it('changes nothing but what they have been told', () => expect(writes('viewer')).toEqual(['notifications:write']));
});

describe('an operator', () => {
  it('may do everything', () => expect([...scopesOf('operator')].sort()).toEqual([...SCOPES].sort()));

  it('alone runs the installation, and lets others in by links', () => {
    for (const scope of ['installation:read', 'console-links:write', 'versions:write', 'workspaces:write']) {
      expect(ROLES.filter((role) => has(role, scope))).toEqual(['operator']);
    }
  });
});
