import { InvalidConfiguration, readConfig } from '../../libs/platform/config/index.ts';
import { DataFolderInUse } from '../../libs/platform/event-store/embedded/data-folder-lock.ts';
import { banner } from './banner.ts';
import { openParts } from './parts.ts';
import { Server } from './server.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

function fail(error: unknown): never {
  const expected = error instanceof InvalidConfiguration || error instanceof DataFolderInUse;
  process.stderr.write(`${expected ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  const server = await Server.create(openParts(config));
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
  if (config.roles.includes('worker')) await server.work();
} catch (error) {
  fail(error);
}
