import { describe, expect, it } from '@jest/globals';
import { specify } from '../kernel/testing/decider-spec.ts';
import { claim, ClaimValue, streamIdOfClaim, type Claimed } from './claim.decider.ts';

const metadata = { at: 1_700_000_000_000, actor: 'system', traceId: 'trace' };
const claiming = (ownerId: string) =>
  new ClaimValue({ kind: 'userEmail', value: 'ada@one.example', ownerId }, metadata);
const claimed: Claimed = { type: 'Claimed', data: { kind: 'userEmail', value: 'ada@one.example', ownerId: 'ada' } };
const { given, when } = specify(claim);

describe('a value', () => {
  it('is claimed on a stream of its own, among those of its kind', () => {
    when(claiming('ada')).then([claimed]);
    expect(streamIdOfClaim(claiming('ada'))).toBe('userEmail.ada@one.example');
  });

  it('stays with its owner', () => {
    given([claimed]).when(claiming('ada')).thenNothing();
    given([claimed]).when(claiming('bob')).thenRefused('conflict');
  });
});
