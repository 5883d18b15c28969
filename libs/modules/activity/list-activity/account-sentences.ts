import { text, type Data } from './event-data.ts';

/** What happens to those who use the console. */
export const accountSentences: Readonly<Record<string, (data: Data) => string>> = {
  UserRegistered: (data) => `The user ${text(data, 'email')} was registered.`,
  UserInvited: (data) => `The user ${text(data, 'email')} was invited as ${role(data)}.`,
  PasswordSet: (data) =>
    data['by'] === 'link'
      ? `The password of ${user(data)} was set with a link from a mail.`
      : `The password of ${user(data)} was changed.`,
  UserChanged: (data) => {
    const changes = [
      ...(typeof data['role'] === 'string' ? [`is ${role(data)} now`] : []),
      ...(typeof data['name'] === 'string' ? [`is called "${text(data, 'name')}" now`] : []),
    ];
    return `The ${user(data)} ${changes.join(', and ') || 'was changed'}.`;
  },
  UserRemoved: (data) => `The ${user(data)} was removed.`,
  UserSessionsEnded: (data) => `All sessions of ${user(data)} were ended.`,
  UserSignedIn: (data) => `The ${user(data)} signed in.`,
  ConsoleLinkIssued: (data) =>
    `The console link ${link(data)} to workspace ${text(data, 'workspaceId')} was issued for ${role(data)}.`,
  ConsoleLinkOpened: (data) => `The console link ${link(data)} was opened.`,
  ConsoleLinkRevoked: (data) => `The console link ${link(data)} was revoked.`,
};

const user = (data: Data): string => `user ${text(data, 'userId')}`;

function link(data: Data): string {
  const label = text(data, 'label');
  return label === '' ? text(data, 'linkId') : `"${label}"`;
}

const roles: Readonly<Record<string, string>> = {
  viewer: 'a viewer',
  'webhook-admin': 'a webhook admin',
  owner: 'an owner',
  operator: 'an operator',
};
const role = (data: Data): string => roles[text(data, 'role')] ?? text(data, 'role');
