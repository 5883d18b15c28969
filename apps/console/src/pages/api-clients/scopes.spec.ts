import { describe, expect, it } from '@jest/globals';
import { beyond, scopeGroups, scopesInShort, scopeWords } from './scopes.ts';
import { tokenCurl } from './token-curl.ts';

describe('scopes', () => {
  it('are told in words, by what they are about', () => {
    expect(scopeGroups(['webhooks:read', 'events:publish'])).toEqual([
      { title: 'Events', scopes: [{ scope: 'events:publish', words: 'Publish events' }] },
      { title: 'Webhooks', scopes: [{ scope: 'webhooks:read', words: 'See webhooks' }] },
    ]);
  });

  it('that are new here are called as the API calls them', () => {
    expect(scopeWords('moon:land')).toBe('moon:land');
    expect(scopeGroups(['moon:land'])).toEqual([
      { title: 'Others', scopes: [{ scope: 'moon:land', words: 'moon:land' }] },
    ]);
  });

  it('are cut short where there are many', () => {
    expect(scopesInShort(['webhooks:read', 'events:publish', 'users:read'])).toBe(
      'Publish events, see webhooks and 1 more',
    );
    expect(scopesInShort(['webhooks:read'])).toBe('See webhooks');
  });

  it('are beyond somebody who lacks them', () => {
    expect(beyond(['a', 'b'], ['b', 'c'])).toEqual(['a']);
  });
});

describe('the command for a token', () => {
  it('sends the credentials as JSON, and quotes them for a shell', () => {
    const command = tokenCurl('https://hooks.example', { clientId: 'c-1', clientSecret: "a'b$c" });
    expect(command).toBe(
      [
        "curl -X POST 'https://hooks.example/oauth/token' \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"client_id":"c-1","client_secret":"a'\\''b$c","audience":"","grant_type":"client_credentials"}'`,
      ].join('\n'),
    );
  });
});
