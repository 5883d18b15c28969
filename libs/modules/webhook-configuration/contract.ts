export { headerContext, secretContext } from './webhook/sealing-contexts.ts';
export { defaultDelivery, type DeliverySettings } from './webhook/delivery-settings.ts';
export { actions, actionOfTrigger, NEVER_FIRES, type KnownAction } from './trigger/actions.ts';
export {
  CreateDraft,
  CreateWebhook,
  DisableWebhook,
  EditWebhook,
  IssueWebhookNumber,
  RemoveWebhook,
  ReportBacklog,
  type WebhookNumber,
} from './webhook/webhook.commands.ts';
export type * from './webhook/webhook.events.ts';
export { TEST_TRIGGER, TRIGGER_CATALOG, type TriggerCatalog, type TriggerDocument } from './trigger/trigger-catalog.ts';
export type * from './trigger/trigger.events.ts';
export { FIRST_VERSION, WEBHOOK_VERSIONS, type WebhookVersions } from './webhook/webhook-versions.ts';
