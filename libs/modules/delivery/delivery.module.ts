import { Module } from '@nestjs/common';
import { commandHandlers } from '../../platform/event-store/index.ts';
import { keepsResident, projects, runsSaga } from '../../platform/processing/index.ts';
import { deliveries } from './delivery/deliveries.projection.ts';
import { RecordAttempt, RequestRedelivery } from './delivery/delivery.commands.ts';
import { delivery } from './delivery/delivery.decider.ts';
import { disableFailingWebhook } from './disable-failing-webhook/disable-failing-webhook.saga.ts';
import { fanOut } from './fan-out/fan-out.saga.ts';
import { RecordFanOutHandler } from './fan-out/record-fan-out.handler.ts';
import { lanes } from './lanes/lanes.projection.ts';
import { FindDeliveries } from './list-deliveries/find-deliveries.ts';
import { ListDeliveriesController } from './list-deliveries/list-deliveries.controller.ts';
import { Door } from './publish-events/door.ts';
import { PublishEventsController } from './publish-events/publish-events.controller.ts';
import { RedeliverDeliveryController } from './redeliver-delivery/redeliver-delivery.controller.ts';
import { AlertBodies } from './send-attempts/alert-bodies.ts';
import { Attempts } from './send-attempts/attempts.ts';
import { Sender } from './send-attempts/sender.ts';
import { ViewDeliveryController } from './view-delivery/view-delivery.controller.ts';
import { ViewEventController } from './view-event/view-event.controller.ts';

/** From the published event to the recorded attempt. */
@Module({
  controllers: [
    PublishEventsController,
    ViewEventController,
    ListDeliveriesController,
    ViewDeliveryController,
    RedeliverDeliveryController,
  ],
  providers: [
    ...commandHandlers(delivery, (command) => command.data.deliveryId, { RecordAttempt, RequestRedelivery }),
    RecordFanOutHandler,
    projects(deliveries),
    projects(lanes),
    keepsResident(lanes),
    runsSaga(fanOut),
    runsSaga(disableFailingWebhook),
    Door,
    FindDeliveries,
    AlertBodies,
    Attempts,
    Sender,
  ],
  exports: [Sender],
})
export class DeliveryModule {}
