import { parseTarget } from './target-url.ts';

const MAX_TARGETS = 2_000;

export type Target = { readonly origin: string; readonly path: string; readonly secure: boolean };

/** Parsed URLs, since a webhook's is sent to again and again. Bounded: the one parsed first goes first. */
export class TargetCache {
  readonly #targets = new Map<string, Target>();

  constructor(private readonly maxTargets = MAX_TARGETS) {}

  /** @throws OutboundRefused as `parseTarget` does. */
  get(url: string): Target {
    const known = this.#targets.get(url);
    if (known !== undefined) return known;
    const { origin, pathname, search, protocol } = parseTarget(url);
    const target = { origin, path: pathname + search, secure: protocol === 'https:' };
    const [oldest] = this.#targets.keys();
    if (this.#targets.size >= this.maxTargets && oldest !== undefined) this.#targets.delete(oldest);
    this.#targets.set(url, target);
    return target;
  }
}
