import type { Bare } from '../baselines/bare.ts';
import { nowMicros } from '../open-loop.ts';
import type { Carillon } from '../processes/carillon.ts';
import { Outcomes } from '../processes/outcomes.ts';
import type { Flat, Published, Steady } from '../processes/publisher.ts';
import { secondsBetween, type Publishing } from '../processes/publishing.ts';
import type { Port } from '../processes/receiving.ts';
import type { Figures } from '../scenario.ts';
import { latencies } from '../statistics.ts';

type Unaddressed<Plan> = Omit<Plan, 'prefix' | 'origin' | 'token'>;

/** One system that takes events over HTTP and delivers them to a port: Carillon, or the bare pipeline. */
export type System = {
  readonly url: string;
  readonly token: string;
  /** What it has recorded counts from here on; answers how to wait for that many outcomes, and for all that follows from them. */
  readonly mark: () => Promise<(outcomes: number) => Promise<void>>;
};

export const systemOfCarillon = (carillon: Carillon): System => ({
  url: carillon.url,
  token: carillon.token,
  mark: async () => {
    const recorded = new Outcomes(carillon.folder);
    return async (outcomes) => {
      try {
        await recorded.reached(outcomes);
      } finally {
        recorded.close();
      }
      await carillon.caughtUp();
    };
  },
});

export const systemOfBare = (bare: Bare): System => ({
  url: bare.url,
  token: '',
  mark: async () => {
    await bare.reset();
    return (outcomes) => bare.until(outcomes);
  },
});

async function run(
  system: System,
  port: Port,
  deliveries: number,
  publish: (address: { origin: string; token: string }) => Promise<Published>,
): Promise<{ seconds: number; latencies: readonly number[] }> {
  await port.reset();
  const recorded = await system.mark();
  const { startedAt } = await publish({ origin: system.url, token: system.token });
  await port.until(deliveries);
  await recorded(deliveries);
  const seconds = secondsBetween(startedAt, nowMicros());
  return { seconds, latencies: (await port.received()).latencies };
}

/** Deliveries a second, publishing as fast as it goes; each event is owed to `fanOut` webhooks. */
export async function flatOut(
  system: System,
  port: Port,
  publishing: Publishing,
  flat: Unaddressed<Flat>,
  fanOut = 1,
): Promise<Figures> {
  const deliveries = flat.events * fanOut;
  const { seconds } = await run(system, port, deliveries, (address) => publishing.flat({ ...flat, ...address }));
  return { '': deliveries / seconds };
}

/** Milliseconds from publish to receipt, at a constant rate. */
export async function atRate(
  system: System,
  port: Port,
  publishing: Publishing,
  steady: Unaddressed<Steady>,
): Promise<Figures> {
  const measured = await run(system, port, steady.events, (address) => publishing.steady({ ...steady, ...address }));
  return latencies(measured.latencies);
}
