import { join } from 'node:path';
import type { Child } from '../processes/child.ts';
import type { Resources } from '../processes/resources.ts';
import type { BareHandlers } from './bare-pipeline.ts';

/** The bare pipeline in a process of its own. */
export class Bare {
  private constructor(
    private readonly child: Child<BareHandlers>,
    readonly url: string,
  ) {}

  static async start(resources: Resources, targets: Record<string, string[]>): Promise<Bare> {
    const child = resources.child<BareHandlers>(join(import.meta.dirname, 'bare-pipeline.js'));
    return new Bare(child, await child.call('start', { folder: resources.folder(), targets }));
  }

  get pid(): number {
    return this.child.process.pid ?? 0;
  }

  async reset(): Promise<void> {
    await this.child.call('reset');
  }

  async until(outcomes: number): Promise<void> {
    await this.child.call('until', { outcomes });
  }
}
