import type { Instant } from '../../../platform/kernel/index.ts';
import {
  escaped,
  htmlPage,
  instantOf,
  MUTED,
  oneLine,
  paragraph,
  wrapped,
  type Mail,
} from '../../../platform/mail/index.ts';
import type { Role } from '../roles.ts';
import type { PasswordLinkPurpose } from '../user/user.events.ts';

export type LetterFacts = {
  readonly purpose: PasswordLinkPurpose;
  readonly address: string;
  /** Of the user; may be empty. */
  readonly name: string;
  readonly role: Role;
  readonly workspaceName: string;
  readonly expiresAt: Instant;
  /** Whoever has it can set the password. */
  readonly url: string;
};

type Letter = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the link is for. */
  readonly action: string;
  readonly footer: string;
};

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  viewer: 'viewer: you can look at webhooks and their deliveries',
  'webhook-admin': 'webhook administrator: you can configure webhooks and look after their deliveries',
  owner: 'owner: you can configure webhooks, API clients and users',
  operator: 'operator of the installation: you can do everything',
};

const letters: Readonly<Record<PasswordLinkPurpose, (facts: LetterFacts) => Letter>> = {
  invitation: ({ workspaceName, role, expiresAt, address }) => ({
    subject: `You are invited to the webhooks of ${oneLine(workspaceName)}`,
    paragraphs: [
      `You have been invited to the webhook console of ${oneLine(workspaceName)}.`,
      `Your role is ${ROLE_NAMES[role]}.`,
      `Choose a password to accept. You sign in with it and with your address, ${oneLine(address)}.`,
      `The link can be used once, until ${instantOf(expiresAt)}.`,
    ],
    action: 'Choose a password',
    footer:
      'If you did not expect to be invited, ignore this e-mail: nobody can sign in until a password has been chosen with this link.',
  }),
  reset: ({ expiresAt, address }) => ({
    subject: 'Choose a new password for the webhook console',
    paragraphs: [
      `A new password was asked for, for ${oneLine(address)}.`,
      'Once you have chosen it, you are signed out wherever you are signed in.',
      `The link can be used once, until ${instantOf(expiresAt)}.`,
    ],
    action: 'Choose a new password',
    footer: 'If it was not you who asked, ignore this e-mail: your password stays as it is.',
  }),
};

export function accountLetter(facts: LetterFacts): Pick<Mail, 'subject' | 'text' | 'html'> {
  const { subject, paragraphs, action, footer } = letters[facts.purpose](facts);
  const { url } = facts;
  const name = oneLine(facts.name);
  const said = [name === '' ? 'Hello,' : `Hello ${name},`, ...paragraphs];
  const blocks = [...said.map((text) => wrapped(text)), `${action}:\n${url}`, `-- \n${wrapped(footer)}`];
  const button =
    `<p style="margin:20px 0"><a href="${escaped(url)}" style="display:inline-block;padding:10px 18px;background:#2f6fde;` +
    `color:#ffffff;border-radius:6px;text-decoration:none">${escaped(action)}</a></p>`;
  const asText = `<p style="margin:0;font-size:12px;line-height:18px;word-break:break-all;${MUTED}">${escaped(url)}</p>`;
  return {
    subject,
    text: `${blocks.join('\n\n')}\n`,
    html: htmlPage(subject, [...said.map(paragraph), button, asText], footer),
  };
}
