import type { Action } from './trigger.events.ts';

/** The published actions of the location dialect, spelled as published, each at its number less one. */
const NAMES = [
  'None',
  'CoworkerUpdate',
  'CoworkerCreate',
  'BlogPostCreate',
  'BlogPostUpdate',
  'BookingCreate',
  'BookingUpdate',
  'BookingDelete',
  'SendWelcomeEmail',
  'CoworkerContractActivate',
  'CoworkerContractCancel',
  'CoworkerContractRenew',
  'CoworkerContractUpgradeDowngrade',
  'CoworkerContractActivateFirst',
  'CoworkerInvoiceCreateFirst',
  'CoworkerInvoiceCreate',
  'CoworkerInvoiceDelete',
  'CoworkerInvoiceUpdate',
  'CoworkerInvoiceRefund',
  'CoworkerInvoiceCreditNote',
  'CoworkerInvoicePaid',
  'CoworkerInvoiceFailedPayment',
  'CoworkerInvoiceReceivedPayment',
  'CoworkerInvoiceAwaitingPayment',
  'CalendarEventCreate',
  'CalendarEventUpdate',
  'CalendarEventAttendeeDelete',
  'CalendarEventAttendeeCreate',
  'CalendarEventAttendeeUpdate',
  'GlobalChatMessageCreate',
  'NewsLetterSubscriberCreate',
  'NewsLetterSubscriberSubscribed',
  'NewsLetterSubscriberUnSubscribed',
  'NewsLetterSubscriberRemovedFromGroup',
  'CoworkerCheckout',
  'CoworkerCheckin',
  'CoworkerCheckinFailed',
  'VisitorNotification',
  'CommunityBoardNewThread',
  'CommunityBoardNewReply',
  'VisitorCheckedin',
  'VisitorRegistered',
  'BlogPostDelete',
  'CalendarEventDelete',
  'HelDeskMessageCreated',
  'HelpDeskCommentCreated',
  'CheckinCreated',
  'CheckinUpdated',
  'CheckinDeleted',
  'CoworkerDelete',
  'CoworkerMessageCreate',
  'DeliveryCreated',
  'DeliveryAssigned',
  'ProposalCreated',
  'ProposalUpdated',
  'ProposalDeleted',
  'TeamCreated',
  'TeamUpdated',
  'TeamDeleted',
  'CoworkerContractUpdate',
  'AccessControlUpdate',
  'CoworkerContractCreate',
  'FailedCheckin',
  'VisitorDeleted',
  'CoworkerInvoiceLedgerEntryCreate',
  'CoworkerInvoiceLedgerEntryDelete',
  'CoworkerInvoiceLedgerEntryUpdate',
  'CoworkerProductCreate',
  'CoworkerProductUpdate',
  'CoworkerProductDelete',
  'FloorPlanDeskCreate',
  'FloorPlanDeskDelete',
  'FloorPlanDeskUpdate',
  'TariffCreate',
  'TariffDelete',
  'TariffUpdate',
  'CoworkerContractDelete',
  'FloorPlanCreate',
  'FloorPlanDelete',
  'FloorPlanUpdate',
  'ProductCreate',
  'ProductDelete',
  'ProductUpdate',
  'BusinessUpdate',
  'CommunityGroupCreate',
  'CommunityGroupDelete',
  'CommunityGroupUpdate',
  'CoworkerPaymentMethodCreate',
  'CoworkerPaymentMethodDelete',
  'CoworkerPaymentMethodUpdate',
] as const;

export type ActionName = (typeof NAMES)[number];

export type KnownAction = Action & {
  readonly name: ActionName;
  /** The type of its entry in the catalog. */
  readonly trigger: string;
};

/** Valid for a webhook, and never published. */
export const NEVER_FIRES = 'none';

const kebabCase = (name: string): string => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/** In order of number, from 1. */
export const actions: readonly KnownAction[] = NAMES.map((name, index) => ({
  number: index + 1,
  name,
  trigger: kebabCase(name),
}));

const byTrigger = new Map(actions.map((action) => [action.trigger, action]));

/** `undefined` for a trigger that is no action. */
export const actionOfTrigger = (trigger: string): KnownAction | undefined => byTrigger.get(trigger);
