import { describe, expect, it } from '@jest/globals';
import { sentenceFor } from './sentences.ts';

const user = { userId: 'u-1', workspaceId: 'company1' };
const link = { linkId: 'l-1', workspaceId: 'company1' };

describe('what is said of users and console links', () => {
  it.each([
    ['UserRegistered', { ...user, email: 'ada@a.example' }, 'The user ada@a.example was registered.'],
    [
      'UserInvited',
      { ...user, email: 'ada@a.example', name: 'Ada', role: 'webhook-admin' },
      'The user ada@a.example was invited as a webhook admin.',
    ],
    ['PasswordSet', { ...user, by: 'link' }, 'The password of user u-1 was set with a link from a mail.'],
    ['PasswordSet', { ...user, by: 'user' }, 'The password of user u-1 was changed.'],
    ['UserChanged', { ...user, role: 'owner' }, 'The user u-1 is an owner now.'],
    ['UserChanged', { ...user, name: 'Ada' }, 'The user u-1 is called "Ada" now.'],
    ['UserChanged', { ...user, name: 'Ada', role: 'viewer' }, 'The user u-1 is a viewer now, and is called "Ada" now.'],
    ['UserChanged', user, 'The user u-1 was changed.'],
    ['UserRemoved', user, 'The user u-1 was removed.'],
    ['UserSessionsEnded', user, 'All sessions of user u-1 were ended.'],
    ['UserSignedIn', user, 'The user u-1 signed in.'],
    [
      'ConsoleLinkIssued',
      { ...link, label: 'Support', role: 'viewer' },
      'The console link "Support" to workspace company1 was issued for a viewer.',
    ],
    ['ConsoleLinkOpened', { ...link, label: '', role: 'owner' }, 'The console link l-1 was opened.'],
    ['ConsoleLinkRevoked', link, 'The console link l-1 was revoked.'],
  ])('%s %j', (type, data, sentence) => expect(sentenceFor({ type, data })).toBe(sentence));
});
