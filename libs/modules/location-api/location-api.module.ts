import { Module } from '@nestjs/common';
import { projects } from '../../platform/processing/index.ts';
import { CreateLocationWebhookController } from './create-webhook/create-webhook.controller.ts';
import { ReachedLocations } from './webhook-record/reached-locations.ts';
import { DeleteLocationWebhookController } from './delete-webhook/delete-webhook.controller.ts';
import { ListLocationWebhooksController } from './list-webhooks/list-webhooks.controller.ts';
import { UpdateLocationWebhookController } from './update-webhook/update-webhook.controller.ts';
import { ViewLocationWebhookController } from './view-webhook/view-webhook.controller.ts';
import { locationWebhooks } from './webhook-record/location-webhooks.projection.ts';
import { LocationWebhooks } from './webhook-record/location-webhooks.ts';

@Module({
  controllers: [
    CreateLocationWebhookController,
    UpdateLocationWebhookController,
    ViewLocationWebhookController,
    ListLocationWebhooksController,
    DeleteLocationWebhookController,
  ],
  providers: [projects(locationWebhooks), LocationWebhooks, ReachedLocations],
})
export class LocationApiModule {}
