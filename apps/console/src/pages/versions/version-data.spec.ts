import { describe, expect, it } from '@jest/globals';
import { adoption, noticeState, reasonAgainstWithdrawal, versionState } from './version-data.ts';

const workspace = { workspaceId: 'acme', displayName: 'Acme', webhooks: 1 };

describe('a version in words', () => {
  it.each([
    ['current', null, 'Current'],
    ['deprecated', '2027-05-02T09:00:00Z', 'Ends 2 May 2027'],
    ['expired', '2027-05-02T09:00:00Z', 'Ended 2 May 2027'],
  ] as const)('that is %s', (status, expiresAt, word) => expect(versionState({ status, expiresAt }).word).toBe(word));

  it('says how many are on it', () => {
    expect(adoption({ webhooks: 0, workspaces: [] })).toBe('No webhook is on it');
    expect(adoption({ webhooks: 1, workspaces: [workspace] })).toBe('1 webhook in 1 workspace');
    expect(adoption({ webhooks: 3, workspaces: [workspace, workspace] })).toBe('3 webhooks in 2 workspaces');
  });
});

describe('a release', () => {
  it('can be taken back while nobody is on it and the one before lives', () =>
    expect(reasonAgainstWithdrawal({ webhooks: 0 }, { name: 'a', status: 'deprecated' })).toBeUndefined());
  it('stays once somebody is on it', () =>
    expect(reasonAgainstWithdrawal({ webhooks: 1 }, undefined)).toBe('It has been taken up: 1 webhook is on it.'));
  it('stays once the one before has ended', () =>
    expect(reasonAgainstWithdrawal({ webhooks: 0 }, { name: 'a', status: 'expired' })).toMatch(
      /^Version a, .* has ended/,
    ));
});

describe('a mail in words', () => {
  it('that waits was not tried yet', () =>
    expect(noticeState({ status: 'pending', attempts: 0 }).word).toBe('Waiting'));
  it('that failed is tried again', () =>
    expect(noticeState({ status: 'pending', attempts: 2 }).word).toBe('Trying again'));
});
