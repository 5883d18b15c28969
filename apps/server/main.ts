import { InvalidConfiguration, readConfig } from '../../libs/platform/config/index.ts';
import { DataFolderInUse } from '../../libs/platform/event-store/embedded/data-folder-lock.ts';
import { CannotOpen } from '../../libs/platform/sealing/index.ts';
import { banner } from './banner.ts';
import { giveBackIdleMemory, growHeapSparingly } from './idle-memory.ts';
import { openParts } from './parts.ts';
import { Server } from './server.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

function fail(error: unknown): never {
  const expected = [InvalidConfiguration, DataFolderInUse, CannotOpen].some((kind) => error instanceof kind);
  const { message, stack } = error as Error;
  process.stderr.write(`${expected ? message : (stack ?? message)}\n`);
  process.exit(1);
}

growHeapSparingly();
// What is written here is for this user alone.
process.umask(0o077);

try {
  const config = readConfig(process.env);
  const server = await Server.create(openParts(config, { writer: 'thread' }));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const url = await server.listen();
  say(banner(url, config, server.bootstrapped));
  giveBackIdleMemory();
  await server.work();
} catch (error) {
  fail(error);
}
