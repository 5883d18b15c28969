import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { OUTBOUND } from '../../libs/modules/delivery/index.ts';
import { CONFIG } from '../../libs/platform/config/index.ts';
import { EVENT_STORE } from '../../libs/platform/event-store/index.ts';
import { ScopeGuard } from '../../libs/platform/http/index.ts';
import { OWNERSHIPS } from '../../libs/platform/leases/index.ts';
import { MAIL_OUTBOX, MAILER } from '../../libs/platform/mail/index.ts';
import { PLATFORM_STREAMS } from '../../libs/platform/platform-streams/index.ts';
import { Projections, Sagas } from '../../libs/platform/processing/index.ts';
import { READ_MODEL } from '../../libs/platform/read-model/index.ts';
import { CLOCK, IDS, LOGGER } from '../../libs/platform/runtime/index.ts';
import { SEALING_KEY } from '../../libs/platform/sealing/index.ts';
import { ErrorFilter } from './error.filter.ts';
import type { Parts } from './parts.ts';

/** The ports, each with the adapter this installation runs on, and what every route has in common. */
@Global()
@Module({})
export class PlatformModule {
  static of(parts: Parts): DynamicModule {
    const ports: Provider[] = [
      { provide: CONFIG, useValue: parts.config },
      { provide: CLOCK, useValue: parts.clock },
      { provide: IDS, useValue: parts.ids },
      { provide: LOGGER, useValue: parts.logger },
      { provide: EVENT_STORE, useValue: parts.eventStore },
      { provide: READ_MODEL, useValue: parts.readModel },
      { provide: OWNERSHIPS, useValue: parts.ownerships },
      { provide: PLATFORM_STREAMS, useValue: parts.platformStreams },
      { provide: SEALING_KEY, useValue: parts.sealingKey },
      { provide: OUTBOUND, useValue: parts.outbound },
      { provide: MAILER, useValue: parts.mailer },
      { provide: MAIL_OUTBOX, useValue: parts.mailOutbox },
    ];
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        ...ports,
        Projections,
        Sagas,
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_GUARD, useClass: ScopeGuard },
      ],
      exports: [CqrsModule, Projections, Sagas, ...ports.map((port) => (port as { provide: symbol }).provide)],
    };
  }
}
