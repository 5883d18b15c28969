import type { Answer } from '../../api/types.ts';
import { count } from '../../words/numbers.ts';
import type { StateWords } from '../../words/states.ts';
import type { Lane } from './steady-lanes.ts';

export type InstallationView = Answer<'/installation', 'get'>;
export type Follower = InstallationView['followers'][number];

export function readiness({ reasons, followers }: Pick<InstallationView, 'reasons' | 'followers'>): StateWords {
  if (reasons.length > 0) return { word: 'Not ready', tone: 'bad', icon: 'alert' };
  const isBehind = followers.some(({ lag }) => lag === null || lag > 0);
  return isBehind
    ? { word: 'Ready, catching up', tone: 'ok', icon: 'clock' }
    : { word: 'Ready', tone: 'ok', icon: 'checkCircle' };
}

export const engineNames = {
  embedded: 'Embedded',
  eventstoredb: 'EventStoreDB',
  mongodb: 'MongoDB',
  files: 'Files in the data folder',
  smtp: 'SMTP server',
} as const;

export const followerKinds: Readonly<Record<Follower['kind'], string>> = {
  projection: 'Projection',
  saga: 'Saga',
  resident: 'In memory',
};

/** Always in the same order, so that nothing moves. */
export const inOrder = (followers: readonly Follower[]): readonly Follower[] =>
  [...followers].sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));

/** How far it is behind; one that fails says so as well. */
export function followerState({ failing, lag }: Follower): StateWords {
  const behind = lag === null ? 'Not known' : lag === 0 ? 'Up to date' : `${count(lag, ['event', 'events'])} behind`;
  if (failing) return { word: `Failing, tried again: ${behind.toLowerCase()}`, tone: 'bad', icon: 'crossCircle' };
  if (lag === null) return { word: behind, tone: 'neutral', icon: 'info' };
  return lag === 0 ? { word: behind, tone: 'ok', icon: 'checkCircle' } : { word: behind, tone: 'info', icon: 'clock' };
}

export function laneState({ enabled, inTrouble, pausedUntil, owed }: Lane): StateWords {
  if (!enabled) return { word: 'Held: the webhook is disabled', tone: 'neutral', icon: 'pause' };
  if (pausedUntil !== null) return { word: 'Paused: the receiver asked for it', tone: 'warn', icon: 'pause' };
  if (inTrouble === true) return { word: 'In trouble', tone: 'warn', icon: 'alert' };
  if (inTrouble === null) return { word: 'Served by another process', tone: 'neutral', icon: 'info' };
  return owed > 0
    ? { word: 'Waiting', tone: 'info', icon: 'clock' }
    : { word: 'Nothing waits', tone: 'ok', icon: 'check' };
}
