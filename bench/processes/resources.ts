import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, type Handlers } from './child.ts';

const open = new Set<Resources>();

/** Processes and folders of one scenario or round: all are gone after `close`, or when the bench is told to end. */
export class Resources {
  readonly #processes = new Set<ChildProcess>();
  readonly #folders = new Set<string>();

  constructor() {
    open.add(this);
  }

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-'));
    this.#folders.add(folder);
    return folder;
  }

  own(process: ChildProcess): void {
    this.#processes.add(process);
    process.once('exit', () => this.#processes.delete(process));
  }

  child<H extends Handlers>(file: string): Child<H> {
    const child = Child.start<H>(file);
    this.own(child.process);
    return child;
  }

  async close(): Promise<void> {
    const exits = [...this.#processes].map((process) => once(process, 'exit'));
    this.#kill();
    await Promise.all(exits);
    this.#remove();
    open.delete(this);
  }

  /** Without waiting, for a process that is about to end. */
  drop(): void {
    this.#kill();
    this.#remove();
  }

  #kill(): void {
    for (const process of this.#processes) process.kill('SIGKILL');
  }

  #remove(): void {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#folders.clear();
  }
}

export function dropAll(): void {
  for (const resources of open) resources.drop();
}

/** Resources for the time of `work`. */
export async function using<T>(work: (resources: Resources) => Promise<T>): Promise<T> {
  const resources = new Resources();
  try {
    return await work(resources);
  } finally {
    await resources.close();
  }
}
