import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineData, type EngineUrls } from './engine-data.ts';
import { MANY_HOOKS, NARROW, PACE, workspaceOfMany } from './hooks.ts';
import { beyondRate, mostAtOnce } from './limits.ts';
import type { RunningServer } from './running-server.ts';
import { Trial, type Report } from './trial.ts';

export type EnginesOptions = {
  readonly seed: number;
  readonly events: number;
  readonly workers: number;
  /** About how long from one kill to the next; 0 for no kills. */
  readonly killEveryMs: number;
  /** Embedded stores, and one process that does everything, if there are none. */
  readonly urls?: EngineUrls;
  /** A shell command that ends the event store and starts it again. */
  readonly restartEventStore?: string;
};

/** A worker that died leaves its partitions idle for 20 s, and everything it was doing beside them for 5 s. */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 50;
const env = { LOG_LEVEL: 'warn' };

/** Kills one of several processes at a time while events are published, and restarts the event store on the way. */
export async function engines(options: EnginesOptions): Promise<Report> {
  const { seed, urls, workers, restartEventStore } = options;
  const publishing = { restMs: 400, workspaceOf: workspaceOfMany };
  const stores = urls ? { data: await EngineData.on(urls), workers } : {};
  const of = { seed, env, publishing, hooks: MANY_HOOKS, patienceMs: PATIENCE_MS, ...stores };
  return Trial.run(of, async (trial) => {
    const { publishers } = trial;
    checkLimits(trial);
    await trial.begin();
    trial.webhooks.start();
    const killing = new Killing(trial, options.killEveryMs);
    killing.start();
    try {
      if (urls && restartEventStore !== undefined) {
        await published(trial, options.events / 2);
        const problem = await failureOf(restartEventStore);
        if (problem !== undefined) trial.problems.push(`the event store was not restarted: ${problem}`);
      }
      await published(trial, options.events);
      await publishers.stop();
    } finally {
      await killing.stop();
    }
    await Promise.all(trial.workers.map((worker) => worker.running()));
    const processes = urls ? `1 process of the API and ${workers} workers` : '1 process, embedded stores';
    return [
      processes,
      `${trial.kills} kills`,
      ...(restartEventStore === undefined ? [] : ['1 restart of the event store']),
    ].join(', ');
  });
}

/** Resolves once so many events are accepted. @throws {Error} if none is for a long time. */
async function published({ publishers }: Trial, count: number): Promise<void> {
  let [accepted, movedAt] = [publishers.accepted.size, performance.now()];
  while (publishers.accepted.size < count) {
    await delay(LOOK_EVERY_MS);
    if (publishers.accepted.size > accepted) [accepted, movedAt] = [publishers.accepted.size, performance.now()];
    if (performance.now() - movedAt > PATIENCE_MS) throw new Error(`After ${accepted} events none is accepted.`);
  }
}

/** Of the kills: those that do not wait for all processes to be up, which one that is slow to start would never be. */
const DURING_START = 0.2;

/** A random process at a time, which is started again at once. */
class Killing {
  readonly #stopping = new AbortController();
  #done: Promise<void> = Promise.resolve();

  constructor(
    private readonly trial: Trial,
    private readonly everyMs: number,
  ) {}

  start(): void {
    if (this.everyMs > 0)
      this.#done = this.#kill().catch((error: Error) => void this.trial.problems.push(String(error.stack)));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
  }

  async #kill(): Promise<void> {
    const { trial, everyMs } = this;
    const { signal } = this.#stopping;
    const random = trial.random.fork();
    const [first = trial.server, ...others] = trial.workers;
    const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
    for (;;) {
      await Promise.race([delay(random.between(everyMs / 2, everyMs * 1.5)), stopped]);
      if (!random.chance(DURING_START)) {
        await Promise.race([Promise.all([first, ...others].map((process) => process.running())), stopped]);
      }
      if (signal.aborted) return;
      const victim: RunningServer = random.pick([first, ...others]);
      await trial.kill(victim);
      await victim.launch();
      if (victim === trial.server) await victim.connect();
    }
  }
}

/** Of single webhooks, whichever processes have served them. */
function checkLimits(trial: Trial): void {
  // Otherwise there is hardly more than one to answer at once.
  trial.receivers.slow.add('narrow');
  const of = (name: string) => trial.receivers.receipts.filter(({ hook }) => hook === name);
  trial.checks.push(
    () => {
      const most = mostAtOnce(of('narrow'));
      if (most > NARROW) trial.problems.push(`narrow had ${most} requests at once, with a concurrency of ${NARROW}`);
      return `${of('narrow').length} receipts of concurrency ${NARROW}, ${most} at once`;
    },
    () => {
      const beyond = beyondRate(of('paced'), PACE);
      if (beyond > 0) trial.problems.push(`paced had ${beyond} requests more than its rate allows`);
      return `${of('paced').length} receipts at ${PACE.ratePerSecond} in a second with bursts of ${PACE.burst}`;
    },
    () => {
      const runs = new Set(trial.receivers.receipts.map(({ run }) => run)).size;
      return `${runs} starts of a process have sent something`;
    },
  );
}

/** What went wrong, if anything did. Its output goes to ours. The URL is not for it: an EventStoreDB takes it for an option. */
async function failureOf(command: string): Promise<string | undefined> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'EVENTSTORE_URL'));
  const shell = spawn(command, { shell: true, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = (await once(shell, 'exit')) as [number | null, string | null];
  return code === 0 ? undefined : `the command ended with ${code ?? signal}`;
}
