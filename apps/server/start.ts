import type { Config } from '../../libs/platform/config/index.ts';
import { Backoff } from '../../libs/platform/runtime/index.ts';
import { openParts } from './parts.ts';
import { Server } from './server.ts';
import { isAway } from './stores.ts';
import { WaitingRoom } from './waiting-room.ts';

/**
 * The server, once every engine can be reached. Until then its port answers that it is not ready, and why, and it goes on trying.
 * @param say is told what is waited for, whenever that changes.
 * @throws {AbortError} when it is stopped before.
 */
export async function startServer(config: Config, say: (line: string) => void, stopping: AbortSignal): Promise<Server> {
  let room: WaitingRoom | undefined;
  let reason = '';
  try {
    if (config.eventStoreUrl !== '' || config.mongoUrl !== '') room = await WaitingRoom.open(config);
    for (const backoff = new Backoff(); ; await backoff.wait(stopping)) {
      try {
        return await tryToStart(config);
      } catch (error) {
        if (!isAway(error)) throw error;
        if (error.message !== reason) say(`${error.message}\nTrying again until it can.`);
        reason = error.message;
        room?.waitsFor(reason);
      }
    }
  } finally {
    await room?.close();
  }
}

async function tryToStart(config: Config): Promise<Server> {
  const parts = await openParts(config, { writer: 'thread' });
  try {
    return await Server.create(parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}
