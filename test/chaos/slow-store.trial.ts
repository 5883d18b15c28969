import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { NotHere, Trial, type Report } from './trial.ts';

const DELAY_MS = 7_000;

/** Every fsync of a process takes this much longer, until the returned function is called. */
async function slowDown(pid: number): Promise<() => Promise<void>> {
  const inject = `inject=fsync,fdatasync:delay_exit=${DELAY_MS}ms`;
  const tracer = spawn('strace', [
    '-f',
    '-o',
    '/dev/null',
    '-e',
    'trace=fsync,fdatasync',
    '-e',
    inject,
    '-p',
    `${pid}`,
  ]);
  const ended = once(tracer, 'close').catch((error: unknown) => [error]);
  const attached = new Promise((resolve) => tracer.stderr.once('data', (text) => resolve(String(text))));
  const first = await Promise.race([attached, ended]);
  if (typeof first !== 'string' || !first.includes('attached')) {
    throw new NotHere(`a process cannot be slowed down (that takes Linux and strace): ${String(first)}`);
  }
  return async () => {
    tracer.kill('SIGINT');
    await ended;
  };
}

/** The disk takes seconds for each commit, and later it is as fast as before. */
export function slowStore({ seed }: { readonly seed: number }): Promise<Report> {
  return Trial.run({ seed }, async (trial) => {
    const { publishers } = trial;
    await trial.begin();
    await trial.see('some load', () => publishers.accepted.size > 200);
    const release = await slowDown(trial.server.pid);
    const before = publishers.accepted.size;
    try {
      await trial.see('refusals', () => publishers.refused > 5);
      await trial.seeReadsAnswered();
    } finally {
      await release();
    }
    const during = publishers.accepted.size;
    await trial.seeRecovery(during);
    return `${before} events before it was slow, ${during - before} while it was`;
  });
}
