import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import type { PasswordLinkPurpose, UserEvent } from '../user/user.events.ts';
import { accountMail, type AccountMail } from './account-mail.decider.ts';
import type { AccountMailEvent } from './account-mail.events.ts';

/** Names both streams that a mail is made from. */
export const mailKeyOf = ({ userId, linkId }: { readonly userId: string; readonly linkId: string }): string =>
  `${userId}.${linkId}`;

export type AccountMailDocument = AccountMail & {
  readonly linkId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly purpose: PasswordLinkPurpose;
  readonly owedAt: Instant;
  /** Of the next attempt; null once it is over. */
  readonly dueAt: Instant | null;
};

export const accountMails: Projection<AccountMailDocument, UserEvent | AccountMailEvent> = {
  name: 'account-mails',
  version: 1,
  categories: ['user', 'accountMail'],
  fields: [{ field: 'dueAt', type: 'number', indexed: false }],
  indexes: [{ fields: ['dueAt'], sparse: true }],
  byPosition: false,
  keys: ({ data }) => ('linkId' in data ? [mailKeyOf(data)] : []),
  fold: (document, event) => {
    const { at } = event.metadata;
    switch (event.type) {
      case 'PasswordLinkIssued': {
        const { linkId, userId, workspaceId, purpose } = event.data;
        return { ...accountMail.initialState(), linkId, userId, workspaceId, purpose, owedAt: at, dueAt: at };
      }
      case 'AccountMailSent':
      case 'AccountMailFailed':
      case 'AccountMailSkipped': {
        if (!document) return undefined;
        const state = accountMail.evolve(document, event);
        return { ...document, ...state, dueAt: state.nextAttemptAt };
      }
      default:
        return document;
    }
  },
};
