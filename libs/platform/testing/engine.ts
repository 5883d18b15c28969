import { startContainer } from './engine-container.ts';
import { binaryOnPath, EngineProcess } from './engine-process.ts';
import type { Engine, EngineSearch } from './engine-search.ts';

export type { EngineProcess } from './engine-process.ts';
export type { Engine, EngineSearch } from './engine-search.ts';

type Found = { readonly engine: Promise<Engine | undefined>; users: number };

const found = new Map<string, Found>();

/**
 * A server to test against: the one whose URL is in the environment; else a binary on PATH, started in memory; else a container, where
 * Docker answers. Who asks again while it runs gets the same one; it ends when all who asked have stopped it. Says loudly, once, what
 * is not tested when there is none.
 */
export async function findEngine(search: EngineSearch): Promise<Engine | undefined> {
  const entry = found.get(search.name) ?? { engine: find(search), users: 0 };
  found.set(search.name, entry);
  entry.users++;
  const engine = await entry.engine.catch((error: unknown) => {
    found.delete(search.name);
    throw error;
  });
  if (!engine) return undefined;
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    if (--entry.users > 0) return;
    found.delete(search.name);
    await engine.stop();
  };
  return { url: engine.url, stop };
}

/**
 * A server of one's own, to end and to start again; its data outlives that. Only a binary on PATH can be had so: says loudly what is not
 * tested when there is none.
 */
export async function startOwnEngine(search: EngineSearch, tested: string): Promise<EngineProcess | undefined> {
  const binary = binaryOnPath(search);
  if (binary !== undefined) return EngineProcess.of(search, binary, { durable: true });
  warn(`${search.name}, ${tested}. None of ${search.binaries.join(', ')} is on PATH.`);
  return undefined;
}

async function find(search: EngineSearch): Promise<Engine | undefined> {
  const url = process.env[search.variable];
  if (url) return { url, stop: async () => undefined };
  const binary = binaryOnPath(search);
  if (binary) return EngineProcess.of(search, binary);
  const container = await startContainer(search);
  if (!container) {
    const places = `none of ${search.binaries.join(', ')} is on PATH, and no Docker engine answers`;
    warn(`${search.name}. There is no server: ${search.variable} is not set, ${places}.`);
  }
  return container;
}

const warn = (what: string): void => void process.stderr.write(`\n!!! NOT TESTED: ${what}\n\n`);
