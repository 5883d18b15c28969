import { InvalidConfiguration, readConfig } from '../../libs/platform/config/index.ts';
import { DataFolderInUse } from '../../libs/platform/event-store/embedded/data-folder-lock.ts';
import { CannotOpen } from '../../libs/platform/sealing/index.ts';
import { banner } from './banner.ts';
import { giveBackIdleMemory, growHeapSparingly } from './idle-memory.ts';
import { startServer } from './start.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const LONGEST_START_TO_LEAVE_MS = 5_000;

function fail(error: unknown): never {
  if ((error as Error).name === 'AbortError') process.exit(0);
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
  const stopping = new AbortController();
  let stop = () => {
    stopping.abort();
    // Nothing is in flight yet; what waits for an engine might wait for ever.
    setTimeout(() => process.exit(0), LONGEST_START_TO_LEAVE_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  const server = await startServer(config, say, stopping.signal);
  stop = () => {
    stop = () => undefined;
    server.stop().then(() => process.exit(0), fail);
  };
  // It may have been told to while it was being put together.
  if (stopping.signal.aborted) stop();
  else {
    const url = await server.listen();
    say(banner(url, config, server.bootstrapped));
    giveBackIdleMemory();
    await server.work();
  }
} catch (error) {
  fail(error);
}
