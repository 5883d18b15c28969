import { conflict, invalid, notFound, type Decider, type Refusal } from '../../../platform/kernel/index.ts';
import { calendarOf, expirationFrom, lastExpirationFrom } from './calendar.ts';
import { milestonesBy } from './milestones.ts';
import { evolveVersion, isCurrent, versionsOf, type Version } from './version-state.ts';
import type {
  PostponeExpiration,
  ReachMilestones,
  ReleaseVersion,
  WebhookVersionCommand,
  WithdrawVersion,
} from './webhook-version.commands.ts';
import type { WebhookVersionEvent } from './webhook-version.events.ts';

/** All versions are in one stream, so that releases are in one order. */
export const RELEASES = 'releases';

/** By name, in the order of their release. */
export type Versions = ReadonlyMap<string, Version>;

export const webhookVersion: Decider<Versions, WebhookVersionCommand, WebhookVersionEvent> = {
  category: 'webhookVersion',
  initialState: () => new Map(),
  evolve: (versions, event) => {
    const next = new Map(versions);
    for (const name of versionsOf(event)) {
      const version = evolveVersion(name, versions.get(name), event);
      if (version) next.set(name, version);
    }
    return next;
  },
  decide,
};

export const nameIsUsed = (name: string): Refusal =>
  conflict(`The name ${name} has been used; a version keeps its name for ever, also a withdrawn one.`);

function decide(command: WebhookVersionCommand, versions: Versions): readonly WebhookVersionEvent[] {
  switch (command.type) {
    case 'ReleaseVersion':
      return release(command, versions);
    case 'PostponeExpiration':
      return postpone(command, existing(versions, command.data.version));
    case 'WithdrawVersion':
      return withdraw(command, versions);
    case 'ReachMilestones':
      return reach(command, versions);
  }
}

function release({ data, metadata }: ReleaseVersion, versions: Versions): readonly WebhookVersionEvent[] {
  const { version, notes, triggers, supersedes } = data;
  if (supersedes === null && versions.has(version)) return [];
  if (versions.has(version)) throw nameIsUsed(version);
  if (supersedes !== currentOf(versions)) {
    throw conflict(
      'Another version has been released or withdrawn meanwhile; check the downgrades against it, and try again.',
    );
  }
  const calendar = calendarOf(expirationFrom(metadata.at), metadata.at);
  const superseded = supersedes === null ? null : { version: supersedes, ...calendar };
  return [{ type: 'VersionReleased', data: { version, notes, triggers, supersedes: superseded } }];
}

function postpone({ data, metadata }: PostponeExpiration, version: Version): readonly WebhookVersionEvent[] {
  const { name, calendar, withdrawn } = version;
  if (withdrawn) throw conflict(`The version ${name} has been withdrawn.`);
  if (!calendar) throw conflict(`The version ${name} is the current one: it does not expire.`);
  if (calendar.expiresAt <= metadata.at) throw conflict(`The version ${name} has expired.`);
  if (data.expiresAt === calendar.expiresAt) return [];
  if (data.expiresAt <= metadata.at) throw invalid('expiresAt', 'must be in the future');
  if (data.expiresAt <= calendar.expiresAt) throw invalid('expiresAt', 'must be later than the date it has');
  if (data.expiresAt > lastExpirationFrom(metadata.at)) {
    throw invalid('expiresAt', 'must be at most five years ahead');
  }
  const postponed = calendarOf(data.expiresAt, metadata.at);
  return [{ type: 'ExpirationPostponed', data: { version: name, from: calendar.expiresAt, ...postponed } }];
}

function withdraw({ data, metadata }: WithdrawVersion, versions: Versions): readonly WebhookVersionEvent[] {
  const { name, supersedes, calendar, withdrawn } = existing(versions, data.version);
  if (withdrawn) throw conflict(`The version ${name} has been withdrawn.`);
  if (supersedes === null) throw conflict(`The version ${name} is the first: there is none before it.`);
  if (calendar) throw conflict(`The version ${name} has been superseded: only the current version can be withdrawn.`);
  // Its webhooks are disabled, or about to be: nobody could be told that they stay as they are.
  const before = versions.get(supersedes)?.calendar;
  if (before && before.expiresAt <= metadata.at) {
    throw conflict(
      `The version ${supersedes} has expired, which ${name} superseded: release another one instead of withdrawing ${name}.`,
    );
  }
  if (data.webhooks > 0)
    throw conflict(`The version ${name} has been taken up: ${data.webhooks} webhook(s) are on it.`);
  return [{ type: 'VersionWithdrawn', data: { version: name, restores: supersedes } }];
}

function reach({ data, metadata }: ReachMilestones, versions: Versions): readonly WebhookVersionEvent[] {
  const version = versions.get(data.version);
  const newest = currentOf(versions);
  if (!version?.calendar || version.expired || newest === null) return [];
  const { name, calendar, reached } = version;
  const upTo = Math.min(data.upTo, metadata.at);
  const milestones = milestonesBy(upTo, metadata.at, calendar, reached).map((of): WebhookVersionEvent => ({
    type: 'MilestoneReached',
    data: { version: name, ...of, newest, ...calendar },
  }));
  if (upTo < calendar.disableAt) return milestones;
  return [...milestones, { type: 'VersionExpired', data: { version: name, expiresAt: calendar.expiresAt } }];
}

const currentOf = (versions: Versions): string | null => [...versions.values()].find(isCurrent)?.name ?? null;

function existing(versions: Versions, name: string): Version {
  const version = versions.get(name);
  if (!version) throw notFound('The version');
  return version;
}
