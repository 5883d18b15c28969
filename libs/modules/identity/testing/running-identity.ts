import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { pino } from 'pino';
import { CONFIG, readConfig } from '../../../platform/config/index.ts';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { AUTHENTICATOR, type Authenticator } from '../../../platform/http/index.ts';
import type { AnyCommand, CommandMetadata } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships } from '../../../platform/leases/index.ts';
import { Projections, Sagas } from '../../../platform/processing/index.ts';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import { READ_MODEL, type ReadModel } from '../../../platform/read-model/index.ts';
import { CLOCK, IDS, LOGGER, ManualClock, randomIds } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, sealingKey } from '../../../platform/sealing/index.ts';
import { IdentityBootstrap, IdentityModule } from '../index.ts';

export const ROOT = { rootWorkspaceId: 'root', clientId: 'bootstrap-client', clientSecret: 'bootstrap-secret' };

/** The module over real embedded stores in a folder of its own and a clock that stands still; no HTTP. */
export async function runIdentity() {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-identity-'));
  const clock = new ManualClock(1_800_000_000_000);
  const app = await NestFactory.createApplicationContext(moduleOver(folder, clock), {
    logger: false,
    abortOnError: false,
  });
  const projections = app.get(Projections);
  const sagas = app.get(Sagas);
  await projections.start();
  await sagas.start();
  const bootstrap = (options: { clientId?: string; clientSecret?: string } = {}) =>
    app.get(IdentityBootstrap).run({ ...ROOT, ...options });
  await bootstrap();

  const settled = async () => {
    await sagas.caughtUp();
    await projections.caughtUp();
  };
  await settled();
  const metadata = (): CommandMetadata => ({ at: clock.now(), actor: 'client:tester', traceId: 'trace' });
  return {
    app,
    clock,
    bootstrap,
    metadata,
    settled,
    authenticator: app.get<Authenticator>(AUTHENTICATOR),
    execute: async (command: AnyCommand): Promise<void> => {
      await app.get(CommandBus).execute(command);
      await settled();
    },
    stop: async () => {
      await sagas.stop();
      await projections.stop();
      await closeStores(app);
      rmSync(folder, { recursive: true });
    },
  };
}

async function closeStores(app: INestApplicationContext): Promise<void> {
  await app.close();
  await app.get<EventStore>(EVENT_STORE).close();
  await app.get<ReadModel>(READ_MODEL).close();
}

function moduleOver(folder: string, clock: ManualClock) {
  const ports = [
    { provide: EVENT_STORE, useFactory: () => new SqliteEventStore(join(folder, 'events.db')) },
    { provide: READ_MODEL, useFactory: () => openSqliteReadModel(join(folder, 'read-models.db')) },
    { provide: CLOCK, useValue: clock },
    { provide: IDS, useValue: randomIds },
    { provide: LOGGER, useValue: pino({ level: 'silent' }) },
    { provide: CONFIG, useValue: readConfig({}) },
    { provide: OWNERSHIPS, useValue: soleOwnerships },
    { provide: SEALING_KEY, useValue: sealingKey(Buffer.alloc(32, 7)) },
  ];
  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [...ports, Projections, Sagas],
    exports: [...ports.map((port) => port.provide), Projections, Sagas, CqrsModule],
  })
  class Platform {}
  @Module({ imports: [Platform, IdentityModule] })
  class RunningIdentity {}
  return RunningIdentity;
}
