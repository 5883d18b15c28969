import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccountsModule } from '../../libs/modules/accounts/index.ts';
import { ActivityModule } from '../../libs/modules/activity/index.ts';
import { DeliveryModule } from '../../libs/modules/delivery/index.ts';
import { IdentityModule } from '../../libs/modules/identity/index.ts';
import { LiveChangesModule } from '../../libs/modules/live-changes/index.ts';
import { LocationApiModule } from '../../libs/modules/location-api/index.ts';
import { VersionLifecycleModule } from '../../libs/modules/version-lifecycle/index.ts';
import { WebhookConfigurationModule } from '../../libs/modules/webhook-configuration/index.ts';
import { HealthController } from './health.controller.ts';
import { ENGINES, Health } from './installation/health.ts';
import { MailsController } from './installation/mails.controller.ts';
import { ViewInstallationController } from './installation/view-installation.controller.ts';
import type { Parts } from './parts.ts';
import { PlatformModule } from './platform.module.ts';
import { TestingClockController } from './testing-clock.controller.ts';
import { TestingClock } from './testing-clock.ts';
import { Work } from './work.ts';

@Module({})
export class ServerModule {
  static of(parts: Parts): DynamicModule {
    const isClockManual = parts.config.clock === 'manual';
    return {
      module: ServerModule,
      imports: [
        ScheduleModule.forRoot(),
        PlatformModule.of(parts),
        IdentityModule,
        AccountsModule,
        WebhookConfigurationModule,
        VersionLifecycleModule,
        DeliveryModule,
        LocationApiModule,
        ActivityModule,
        LiveChangesModule,
      ],
      controllers: [
        HealthController,
        ViewInstallationController,
        MailsController,
        ...(isClockManual ? [TestingClockController] : []),
      ],
      providers: [{ provide: ENGINES, useValue: parts }, Health, Work, ...(isClockManual ? [TestingClock] : [])],
    };
  }
}
