import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';

/** What a mail is about. */
export type NoticeMilestone = 'announcement' | 'reminder' | 'withdrawal';

export type AffectedWebhook = {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
};

type OfNotice = { readonly noticeId: string; readonly workspaceId: string };

/** A mail to one address is owed. `workspaceId`: the nearest workspace that contains all of the affected webhooks and the recipient. */
export type NoticeDue = DomainEvent<
  'NoticeDue',
  OfNotice & {
    version: string;
    milestone: NoticeMilestone;
    /** The current version. */
    newest: string;
    expiresAt: Instant;
    address: string;
    /** The first of them; `webhookCount` counts all. */
    webhooks: readonly AffectedWebhook[];
    webhookCount: number;
    /** Where all of them are, each workspace once; of more than 2,000 those whose webhooks would be listed first. */
    workspaceIds: readonly string[];
    /** From here on nobody wants to read it any more; null for never. */
    staleAt: Instant | null;
  }
>;
type OfMail = OfNotice & {
  readonly version: string;
  readonly milestone: NoticeMilestone;
  readonly address: string;
};
/** `place`: the server it was handed over to, as host:port, or the file. */
export type NoticeSent = DomainEvent<'NoticeSent', OfMail & { attempt: number; place: string }>;
/** `refused`: for good. `nextAttemptAt` is null when it is given up. */
export type NoticeFailed = DomainEvent<
  'NoticeFailed',
  OfMail & { attempt: number; error: string; refused: boolean; nextAttemptAt: Instant | null }
>;
/**
 * `overtaken`: a later milestone says more. `void`: the date is none any more. `moved`: none of the webhooks is on that version any
 * more. `untold`: a withdrawal for an address that was not told, or not since the last withdrawal.
 */
export type NoticeSkipped = DomainEvent<
  'NoticeSkipped',
  OfMail & { reason: 'overtaken' | 'void' | 'moved' | 'untold' }
>;

export type NoticeEvent = NoticeDue | NoticeSent | NoticeFailed | NoticeSkipped;
