import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';

type OfNotification = { readonly notificationId: string; readonly workspaceId: string };

/** A pop-up for one admin user of a workspace, until they acknowledge it. */
export type NotificationDue = DomainEvent<
  'NotificationDue',
  OfNotification & {
    version: string;
    newest: string;
    expiresAt: Instant;
    disableAt: Instant;
    /** The admin's address. */
    user: string;
    webhooks: readonly { readonly webhookId: string; readonly name: string }[];
    webhookCount: number;
  }
>;
export type NotificationAcknowledged = DomainEvent<
  'NotificationAcknowledged',
  OfNotification & { version: string; user: string }
>;

export type NotificationEvent = NotificationDue | NotificationAcknowledged;
