import type { Instant } from '../../../platform/kernel/index.ts';
import { isCurrent } from './version-state.ts';
import type { WebhookVersionDocument } from './webhook-versions.projection.ts';

type Doc = WebhookVersionDocument;
export type KnownVersions = { readonly get: (name: string) => Doc | undefined; readonly all: () => readonly Doc[] };

/** `undefined` before the first release. */
export const currentOf = (versions: KnownVersions): Doc | undefined => versions.all().find(isCurrent);

/** Those that alerts are made in at this instant, newest first. */
export const liveAt = (versions: KnownVersions, at: Instant): Doc[] =>
  versions
    .all()
    .filter((version) => !version.withdrawn && isLive(version, at))
    .sort((a, b) => b.order - a.order);

export const isLive = ({ calendar }: Doc, at: Instant): boolean => !calendar || at < calendar.expiresAt;

/**
 * A version, the one that its downgrades lead to, and so on to the first. Withdrawn ones are only in the lines of themselves: what came
 * after them was released on the version before them.
 */
export function lineOf(versions: KnownVersions, name: string): Doc[] {
  const line: Doc[] = [];
  for (let next: string | null = name; next !== null;) {
    const version = versions.get(next);
    if (!version) break;
    line.push(version);
    next = version.supersedes;
  }
  return line;
}

/** The version itself, or the one before it that was not withdrawn. */
export const standing = (versions: KnownVersions, name: string): Doc | undefined =>
  lineOf(versions, name).find(({ withdrawn }) => !withdrawn);

/** The version, and withdrawn ones whose webhooks count as being on it. */
export const countedAs = (versions: KnownVersions, version: string): string[] =>
  versions.all().flatMap(({ name }) => (standing(versions, name)?.name === version ? [name] : []));

/** What the newest release of the line says of a trigger; `undefined` if none does. */
export const releaseOf = (line: readonly Doc[], trigger: string) =>
  line.find(({ triggers }) => Object.hasOwn(triggers, trigger))?.triggers[trigger];

export type Descent = {
  /** Releases that change the trigger, newest first: the downgrades to apply. */
  readonly steps: readonly Doc[];
  /** The line of the version that they lead to. */
  readonly to: readonly Doc[];
};

/**
 * The way from the shape of a trigger in one version to that in an older one. Without steps if the other is newer, since nothing is
 * rendered upwards. `undefined` if one of them is not known.
 */
export function descent(versions: KnownVersions, trigger: string, from: string, to: string): Descent | undefined {
  const goal = lineOf(versions, to);
  const way = lineOf(versions, from);
  const meets = way.findIndex((version) => goal.includes(version));
  if (meets < 0) return undefined;
  const steps = way.slice(0, meets).filter(({ triggers }) => Object.hasOwn(triggers, trigger));
  return { steps, to: way.slice(meets) };
}
