import { randomBytes } from 'node:crypto';
import { Api } from './api.ts';
import { Inbox } from './inbox.ts';
import { Narrator, NotSeen, until } from './narrator.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import { tell } from './story.ts';

const schedule = [0, 1, 2, 3];
const client = { id: randomBytes(16).toString('hex'), secret: randomBytes(32).toString('hex') };
const narrator = new Narrator();

async function play(server: ServerProcess, healthy: Inbox, failing: Inbox): Promise<void> {
  const api = new Api(server.url);
  await until('a live server', 15, async () => {
    const ended = server.ended();
    if (ended !== undefined) throw new NotSeen(`The server ended with ${ended}`);
    return (await api.isLive()) || undefined;
  });
  console.log(`The server is up at ${server.url}, with its data in a temporary folder.`);
  await tell({ api, narrator, client, healthy, failing, schedule });
}

async function run(): Promise<void> {
  const started = performance.now();
  console.log('Carillon, from the token to the alert: the real server, two receivers, no mocks.');
  const [healthy, failing] = [await Inbox.open(200), await Inbox.open(500)];
  const server = await startServer({
    BOOTSTRAP_CLIENT_ID: client.id,
    BOOTSTRAP_CLIENT_SECRET: client.secret,
    RETRY_SCHEDULE: schedule.join(','),
    LOG_LEVEL: 'warn',
  });
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new NotSeen(signal)));
  });
  try {
    await Promise.race([play(server, healthy, failing), interrupted]);
  } catch (error) {
    if (server.output() !== '') console.error(`\nThe server said:\n${server.output().trimEnd()}`);
    throw error;
  } finally {
    await Promise.all([healthy.close(), failing.close()]);
    await server.stop();
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\nAll of it was seen, in ${seconds} s. The server is stopped and its data removed.`);
}

run().catch((error: unknown) => {
  const reason = error instanceof NotSeen ? error.message : String(error instanceof Error ? error.stack : error);
  console.error(`\nThe demo failed at ${narrator.where}: ${reason}`);
  // What was still being waited for is of no interest any more.
  process.exit(1);
});
