import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ActivityModule } from '../../libs/modules/activity/index.ts';
import { DeliveryModule } from '../../libs/modules/delivery/index.ts';
import { IdentityModule } from '../../libs/modules/identity/index.ts';
import { WebhookConfigurationModule } from '../../libs/modules/webhook-configuration/index.ts';
import { ENGINES, HealthController } from './health.controller.ts';
import type { Parts } from './parts.ts';
import { PlatformModule } from './platform.module.ts';

@Module({})
export class ServerModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: ServerModule,
      imports: [
        ScheduleModule.forRoot(),
        PlatformModule.of(parts),
        IdentityModule,
        WebhookConfigurationModule,
        DeliveryModule,
        ActivityModule,
      ],
      controllers: [HealthController],
      providers: [{ provide: ENGINES, useValue: parts }],
    };
  }
}
