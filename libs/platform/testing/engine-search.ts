import { setTimeout as delay } from 'node:timers/promises';

/** Where the specs of an adapter look for a server of its engine, and how they start one. */
export type EngineSearch = {
  /** For people, such as `EventStoreDB`. */
  readonly name: string;
  /** The environment variable that may hold the URL of a server that runs already. */
  readonly variable: string;
  /** Names that the server has on PATH. */
  readonly binaries: readonly string[];
  readonly command: (where: Place) => Command;
  readonly url: (host: string, port: number) => string;
  /** Asked again and again, and may do what the server needs at first; may throw while it is not. Once true, it takes calls. */
  readonly isReady: (url: string) => Promise<boolean>;
  /** Absent, it is never looked for in a container. */
  readonly image?: {
    /** With its version. */
    readonly name: string;
    /** In the container. */
    readonly port: number;
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  };
};

export type Place = {
  /** On 127.0.0.1. */
  readonly port: number;
  /** For whatever it writes. */
  readonly folder: string;
  /** Whether its data has to outlive it; else it may stay in memory. */
  readonly durable: boolean;
};
export type Command = {
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** A server that runs. */
export type Engine = { readonly url: string; readonly stop: () => Promise<void> };

const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;

/** @throws {Error} when it takes longer than a minute, or with what `ended` rejects. */
export async function ready(search: EngineSearch, url: string, ended: Promise<never>): Promise<void> {
  const within = AbortSignal.timeout(READY_WITHIN_MS);
  let given = false;
  const asking = async () => {
    while (!given && !(await search.isReady(url).catch(() => false))) {
      if (within.aborted) throw new Error(`${search.name} is not ready after ${READY_WITHIN_MS / 1_000} s.`);
      await delay(ASK_EVERY_MS);
    }
  };
  await Promise.race([asking(), ended]).finally(() => (given = true));
}
