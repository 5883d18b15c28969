import { setTimeout as delay } from 'node:timers/promises';
import type { TrialData } from './trial-data.ts';
import { Trial, type Report } from './trial.ts';

export type KillOptions = {
  readonly kills: number;
  readonly seed: number;
  /** Embedded stores in a folder for temporary files otherwise. */
  readonly data?: TrialData;
  /** The longest time from when the server is up to the next kill. */
  readonly longestMs?: number;
  /** RETRY_SCHEDULE, of four attempts. */
  readonly schedule?: string;
};

/** Of the kills: those that come before the server is up, and those of them that meet an empty folder. */
const DURING_START = 0.2;
const FIRST_STARTS = 0.1;
/** Of the starts after a kill, those that find no documents and have to fold everything again under load. */
const WITHOUT_DOCUMENTS = 0.1;
const LONGEST_START_MS = 1_200;

/** Kills a server under load again and again, at random instants. */
export function kill({ kills, seed, data, longestMs = 1_500, schedule }: KillOptions): Promise<Report> {
  const env: Record<string, string> = schedule === undefined ? {} : { RETRY_SCHEDULE: schedule };
  return Trial.run({ seed, env, ...(data ? { data } : {}) }, async (trial) => {
    const { random } = trial;
    let duringStart = 0;
    const launch = async () => {
      if (random.chance(WITHOUT_DOCUMENTS)) await trial.data.loseDocuments();
      await trial.server.launch();
    };
    const killDuringStart = async () => {
      await launch();
      await delay(random.between(0, LONGEST_START_MS));
      duringStart++;
      await trial.kill();
    };
    while (trial.kills < kills * FIRST_STARTS) await killDuringStart();
    await trial.begin();
    trial.webhooks.start();
    while (trial.kills < kills) {
      await delay(random.between(20, longestMs));
      await trial.kill();
      while (trial.kills < kills && random.chance(DURING_START)) await killDuringStart();
      await launch();
      await trial.server.connect();
    }
    return `${kills} kills, ${duringStart} of them during a start`;
  });
}
