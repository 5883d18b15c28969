import { Global, Module } from '@nestjs/common';
import { commandHandlers } from '../../platform/event-store/index.ts';
import { keepsResident, projects, runsSaga } from '../../platform/processing/index.ts';
import { AddTriggerController } from './add-trigger/add-trigger.controller.ts';
import { CancelHeldController } from './cancel-held/cancel-held.controller.ts';
import { ChangeDraftController } from './change-draft/change-draft.controller.ts';
import { ChangeTriggerController } from './change-trigger/change-trigger.controller.ts';
import { CreateWebhookController } from './create-webhook/create-webhook.controller.ts';
import { DisableWebhookController } from './disable-webhook/disable-webhook.controller.ts';
import { DiscardDraftController } from './discard-draft/discard-draft.controller.ts';
import { EnableWebhookController } from './enable-webhook/enable-webhook.controller.ts';
import { ListTriggersController } from './list-triggers/list-triggers.controller.ts';
import { ResidentTriggerCatalog } from './list-triggers/resident-trigger-catalog.ts';
import { triggers } from './list-triggers/triggers.projection.ts';
import { ListWebhooksController } from './list-webhooks/list-webhooks.controller.ts';
import { webhooks } from './list-webhooks/webhooks.projection.ts';
import { IssueWebhookNumberHandler } from './number-webhooks/issue-webhook-number.handler.ts';
import { numberWebhooks } from './number-webhooks/number-webhooks.saga.ts';
import { PublishDraftController } from './publish-draft/publish-draft.controller.ts';
import { RemoveWebhookController } from './remove-webhook/remove-webhook.controller.ts';
import { ReplaceWebhookController } from './replace-webhook/replace-webhook.controller.ts';
import { RotateWebhookSecretController } from './rotate-webhook-secret/rotate-webhook-secret.controller.ts';
import { TestDraftController } from './test-draft/test-draft.controller.ts';
import { TestWebhookController } from './test-webhook/test-webhook.controller.ts';
import { CatalogBootstrap } from './trigger/catalog-bootstrap.ts';
import { TRIGGER_CATALOG } from './trigger/trigger-catalog.ts';
import { AddTrigger, ChangeTrigger } from './trigger/trigger.commands.ts';
import { trigger } from './trigger/trigger.decider.ts';
import { ViewDraftController } from './view-draft/view-draft.controller.ts';
import { ViewWebhookController } from './view-webhook/view-webhook.controller.ts';
import { DraftViews } from './webhook/draft-views.ts';
import { KnownVersions } from './webhook/known-versions.ts';
import { WebhookAnswer } from './webhook/webhook-answer.ts';
import { WebhookBodies } from './webhook/webhook-bodies.ts';
import { WebhookViews } from './webhook/webhook-views.ts';
import {
  CancelHeld,
  ChangeDraft,
  CreateDraft,
  CreateWebhook,
  DisableWebhook,
  DiscardDraft,
  EditWebhook,
  EnableWebhook,
  NumberWebhook,
  PublishDraft,
  RemoveWebhook,
  ReplaceWebhook,
  ReportBacklog,
  RequestTest,
  RotateWebhookSecret,
  TestDraft,
} from './webhook/webhook.commands.ts';
import { webhook } from './webhook/webhook.decider.ts';

@Global()
@Module({
  controllers: [
    CreateWebhookController,
    ListWebhooksController,
    ViewWebhookController,
    ReplaceWebhookController,
    RotateWebhookSecretController,
    RemoveWebhookController,
    TestWebhookController,
    EnableWebhookController,
    DisableWebhookController,
    CancelHeldController,
    ViewDraftController,
    ChangeDraftController,
    DiscardDraftController,
    TestDraftController,
    PublishDraftController,
    ListTriggersController,
    AddTriggerController,
    ChangeTriggerController,
  ],
  providers: [
    ...commandHandlers(webhook, (command) => command.data.webhookId, {
      CreateWebhook,
      ReplaceWebhook,
      RotateWebhookSecret,
      EditWebhook,
      NumberWebhook,
      RemoveWebhook,
      EnableWebhook,
      DisableWebhook,
      RequestTest,
      CancelHeld,
      ReportBacklog,
      CreateDraft,
      ChangeDraft,
      TestDraft,
      PublishDraft,
      DiscardDraft,
    }),
    ...commandHandlers(trigger, (command) => command.data.type, { AddTrigger, ChangeTrigger }),
    IssueWebhookNumberHandler,
    runsSaga(numberWebhooks),
    projects(webhooks),
    projects(triggers),
    keepsResident(triggers),
    { provide: TRIGGER_CATALOG, useClass: ResidentTriggerCatalog },
    CatalogBootstrap,
    KnownVersions,
    WebhookViews,
    DraftViews,
    WebhookAnswer,
    WebhookBodies,
  ],
  exports: [TRIGGER_CATALOG, CatalogBootstrap],
})
export class WebhookConfigurationModule {}
