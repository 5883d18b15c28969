import {
  derivedId,
  type AnyCommand,
  type CommandMetadata,
  type Documents,
  type Instant,
  type Saga,
} from '../../../platform/kernel/index.ts';
import { CreateDraft, DisableWebhook } from '../../webhook-configuration/contract.ts';
import { OweNotice } from '../notice/notice.commands.ts';
import type { AffectedWebhook } from '../notice/notice.events.ts';
import { RaiseNotification } from '../notification/notification.commands.ts';
import type {
  Calendar,
  MilestoneReached,
  VersionExpired,
  VersionWithdrawn,
} from '../webhook-version/webhook-version.events.ts';
import {
  deprecationDocuments,
  versionIn,
  webhooksOn,
  workspaceIn,
  type DeprecationDocument,
  type DeprecationEvent,
} from './deprecation.projection.ts';
import { popupsFor } from './popups.ts';
import { recipientsOf } from './recipients.ts';

type Known = Documents<DeprecationDocument>;

/**
 * What follows from the calendar of a version that was superseded, for the webhooks that are still on it as of the event: mails,
 * drafts, pop-ups, and in the end their disabling. Those that are disabled already would have to move, too, and are told.
 */
export const deprecation: Saga<DeprecationEvent, DeprecationDocument> = {
  name: 'deprecation',
  categories: deprecationDocuments.categories,
  documents: deprecationDocuments,
  react: (event, documents) => {
    const metadata = { ...event.metadata, actor: 'saga:deprecation' };
    switch (event.type) {
      case 'MilestoneReached':
        return reached(event, documents, metadata);
      case 'VersionExpired':
        return expired(event, documents, metadata);
      case 'VersionWithdrawn':
        return withdrawn(event, documents, metadata);
      default:
        return [];
    }
  },
};

function reached({ data }: MilestoneReached, documents: Known, metadata: CommandMetadata): readonly AnyCommand[] {
  const { milestone, overtaken } = data;
  if (milestone === 'popup') return overtaken ? [] : notifications(data, documents, metadata);
  const staleAt = staleFrom(milestone, data);
  const mails = overtaken ? [] : notices({ ...data, milestone, staleAt }, documents, metadata);
  return milestone === 'reminder' ? [...mails, ...drafts(data, documents, metadata)] : mails;
}

/** When a later milestone says more. One that lies before the announcement of a postponed date says nothing. */
function staleFrom(milestone: 'announcement' | 'reminder', calendar: Calendar): Instant {
  const { announceAt, remindAt, popupAt, expiresAt } = calendar;
  const later = milestone === 'announcement' ? [remindAt, popupAt] : [popupAt];
  return later.find((at) => at > announceAt) ?? expiresAt;
}

type About = Pick<OweNotice['data'], 'version' | 'milestone' | 'newest' | 'expiresAt' | 'staleAt'>;

function notices(about: About, documents: Known, metadata: CommandMetadata): readonly AnyCommand[] {
  const { version, milestone, newest, expiresAt, staleAt } = about;
  const workspaceOf = workspaceIn(documents);
  return recipientsOf(affectedBy(version, documents), workspaceOf).map((recipient) => {
    const noticeId = derivedId('notice', version, milestone, expiresAt, recipient.address.toLowerCase());
    return new OweNotice({ noticeId, version, milestone, newest, expiresAt, staleAt, ...recipient }, metadata);
  });
}

function notifications(data: MilestoneReached['data'], documents: Known, metadata: CommandMetadata): AnyCommand[] {
  const { version, newest, expiresAt, disableAt } = data;
  return popupsFor(affectedBy(version, documents), workspaceIn(documents)).map((popup) => {
    const { workspaceId, user } = popup;
    const notificationId = derivedId('notification', version, expiresAt, workspaceId, user.toLowerCase());
    return new RaiseNotification({ notificationId, version, newest, expiresAt, disableAt, ...popup }, metadata);
  });
}

/** A webhook on a withdrawn version goes by that name: the version that stands for it is none it has ever had. */
const drafts = (data: MilestoneReached['data'], documents: Known, metadata: CommandMetadata): AnyCommand[] =>
  webhooksOn(data.version, documents).map(
    ({ webhookId, workspaceId, on }) =>
      new CreateDraft({ webhookId, workspaceId, of: on, target: data.newest }, metadata),
  );

const expired = ({ data }: VersionExpired, documents: Known, metadata: CommandMetadata): AnyCommand[] =>
  webhooksOn(data.version, documents).map(
    ({ webhookId, workspaceId, on }) =>
      new DisableWebhook({ webhookId, workspaceId, by: 'expired', version: on }, metadata),
  );

/** Whoever was told that the version before it expires is told that it does not. */
function withdrawn({ data }: VersionWithdrawn, documents: Known, metadata: CommandMetadata): readonly AnyCommand[] {
  const version = data.restores;
  const expiresAt = versionIn(documents, version)?.announced ?? null;
  if (expiresAt === null) return [];
  const about = { version, milestone: 'withdrawal', newest: version, expiresAt, staleAt: null } as const;
  return notices(about, documents, metadata);
}

function affectedBy(version: string, documents: Known): AffectedWebhook[] {
  const workspaceOf = workspaceIn(documents);
  return webhooksOn(version, documents).map(({ webhookId, workspaceId, name, url }) => {
    const workspaceName = workspaceOf(workspaceId)?.displayName ?? workspaceId;
    return { webhookId, name, url, workspaceId, workspaceName };
  });
}
