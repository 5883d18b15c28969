import { Module } from '@nestjs/common';
import { CONFIG } from '../../platform/config/index.ts';
import { commandHandlers, EVENT_STORE } from '../../platform/event-store/index.ts';
import { keepsResident, projects, runsSaga, Sagas } from '../../platform/processing/index.ts';
import { CancelRedeliveryController } from './cancel-redelivery/cancel-redelivery.controller.ts';
import { CountDeliveriesController } from './count-deliveries/count-deliveries.controller.ts';
import { CountDeliveries } from './count-deliveries/count-deliveries.ts';
import { deliveries } from './delivery/deliveries.projection.ts';
import { RecordAttempt, RecordRenderingFailure, RequestRedelivery } from './delivery/delivery.commands.ts';
import { delivery } from './delivery/delivery.decider.ts';
import { disableFailingWebhook } from './disable-failing-webhook/disable-failing-webhook.saga.ts';
import { DropParkedEventController } from './drop-parked-event/drop-parked-event.controller.ts';
import { fanOut } from './fan-out/fan-out.saga.ts';
import { OwedDeliveries } from './fan-out/owed-deliveries.ts';
import { RecordFanOutHandler } from './fan-out/record-fan-out.handler.ts';
import { Ingestion } from './ingest-events/ingestion.ts';
import { MessageIntake } from './ingest-events/message-intake.ts';
import { lanes } from './lanes/lanes.projection.ts';
import { FindDeliveries } from './list-deliveries/find-deliveries.ts';
import { ListDeliveriesController } from './list-deliveries/list-deliveries.controller.ts';
import { Backlogs } from './list-lanes/backlogs.ts';
import { ListLanesController } from './list-lanes/list-lanes.controller.ts';
import { ListParkedEventsController } from './list-parked-events/list-parked-events.controller.ts';
import { ListRenderingFailuresController } from './list-rendering-failures/list-rendering-failures.controller.ts';
import { renderingFailures } from './list-rendering-failures/rendering-failures.projection.ts';
import { ListRedeliveriesController } from './list-redeliveries/list-redeliveries.controller.ts';
import { ListWebhookStatisticsController } from './list-webhook-statistics/list-webhook-statistics.controller.ts';
import { DropParkedEvent, ParkPlatformEvent, RecordReplay } from './parked-event/parked-event.commands.ts';
import { parkedEvent } from './parked-event/parked-event.decider.ts';
import { ParkedEvents } from './parked-event/parked-events.ts';
import { parkedEvents } from './parked-event/parked-events.projection.ts';
import { Door } from './publish-events/door.ts';
import { EventStream } from './publish-events/event-stream.ts';
import { IntakeGate, intakeGate } from './publish-events/intake-gate.ts';
import { PublishEventsController } from './publish-events/publish-events.controller.ts';
import { RedeliverDeliveryController } from './redeliver-delivery/redeliver-delivery.controller.ts';
import { RedeliverWebhookController } from './redeliver-webhook/redeliver-webhook.controller.ts';
import { redeliveries } from './redelivery/redeliveries.projection.ts';
import { Redeliveries } from './redelivery/redeliveries.ts';
import {
  CancelRedelivery,
  FinishRedelivery,
  RecordProgress,
  StartRedelivery,
} from './redelivery/redelivery.commands.ts';
import { redelivery } from './redelivery/redelivery.decider.ts';
import { RedeliveryJobs } from './redelivery/redelivery-jobs.ts';
import { ReleaseHeldController } from './release-held/release-held.controller.ts';
import { ReplayParkedEventController } from './replay-parked-event/replay-parked-event.controller.ts';
import { AlertBodies } from './send-attempts/alert-bodies.ts';
import { Attempts } from './send-attempts/attempts.ts';
import { OpenedSecrets } from './send-attempts/opened-secrets.ts';
import { Sender } from './send-attempts/sender.ts';
import { StartRedeliveryController } from './start-redelivery/start-redelivery.controller.ts';
import { ViewAlertController } from './view-alert/view-alert.controller.ts';
import { ViewDeliveryController } from './view-delivery/view-delivery.controller.ts';
import { ViewEventController } from './view-event/view-event.controller.ts';
import { ViewRedeliveryController } from './view-redelivery/view-redelivery.controller.ts';
import { ViewWebhookStatisticsController } from './view-webhook-statistics/view-webhook-statistics.controller.ts';
import { webhookStatistics } from './webhook-statistics/webhook-statistics.projection.ts';
import { WebhookStatistics } from './webhook-statistics/webhook-statistics.ts';

/** From the published event to the recorded attempt. */
@Module({
  controllers: [
    PublishEventsController,
    ViewEventController,
    ListDeliveriesController,
    CountDeliveriesController,
    ViewDeliveryController,
    ViewAlertController,
    RedeliverDeliveryController,
    StartRedeliveryController,
    ListRedeliveriesController,
    ViewRedeliveryController,
    CancelRedeliveryController,
    RedeliverWebhookController,
    ReleaseHeldController,
    ListParkedEventsController,
    ReplayParkedEventController,
    DropParkedEventController,
    ListRenderingFailuresController,
    ListLanesController,
    ViewWebhookStatisticsController,
    ListWebhookStatisticsController,
  ],
  providers: [
    ...commandHandlers(delivery, (command) => command.data.deliveryId, {
      RecordAttempt,
      RecordRenderingFailure,
      RequestRedelivery,
    }),
    ...commandHandlers(redelivery, (command) => command.data.redeliveryId, {
      StartRedelivery,
      RecordProgress,
      FinishRedelivery,
      CancelRedelivery,
    }),
    ...commandHandlers(parkedEvent, (command) => command.data.parkedId, {
      ParkPlatformEvent,
      RecordReplay,
      DropParkedEvent,
    }),
    RecordFanOutHandler,
    OwedDeliveries,
    projects(deliveries),
    projects(redeliveries),
    projects(lanes),
    projects(parkedEvents),
    projects(renderingFailures),
    projects(webhookStatistics),
    keepsResident(lanes),
    runsSaga(fanOut),
    runsSaga(disableFailingWebhook),
    Door,
    EventStream,
    { provide: IntakeGate, useFactory: intakeGate, inject: [EVENT_STORE, Sagas, CONFIG] },
    MessageIntake,
    ParkedEvents,
    Ingestion,
    FindDeliveries,
    CountDeliveries,
    WebhookStatistics,
    AlertBodies,
    OpenedSecrets,
    Attempts,
    Sender,
    Redeliveries,
    RedeliveryJobs,
    Backlogs,
  ],
  exports: [Sender, RedeliveryJobs, Ingestion, Backlogs],
})
export class DeliveryModule {}
