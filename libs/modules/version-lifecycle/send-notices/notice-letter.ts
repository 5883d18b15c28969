import type { Instant } from '../../../platform/kernel/index.ts';
import { dayOf, instantOf, oneLine } from '../../../platform/mail/index.ts';
import type { AffectedWebhook, NoticeDue, NoticeMilestone } from '../notice/notice.events.ts';

/** What a mail says, before it is text or HTML. Each string is one line, and means itself: nothing in it is escaped. */
export type Letter = {
  readonly subject: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly steps: readonly Step[];
  /** What the list of webhooks is of. */
  readonly listing: string;
  readonly workspaces: readonly Affected[];
  /** How many are affected and not listed; empty if none is. */
  readonly more: string;
  readonly footer: string;
};
/** `calls`: requests to the REST API. */
export type Step = { readonly text: string; readonly calls: readonly string[] };
/** Of what has no name the id stands for it. */
type Named = { readonly name: string; readonly id?: string };
type Affected = Named & { readonly webhooks: readonly (Named & { readonly url: string })[] };

const DAY = 24 * 60 * 60 * 1_000;

export type NoticeToSend = Omit<NoticeDue['data'], 'noticeId' | 'workspaceId' | 'workspaceIds' | 'staleAt'>;

/** `publicUrl`: before the paths of requests; empty if it is not known. */
export function letterOf(notice: NoticeToSend, publicUrl: string): Letter {
  const { milestone, expiresAt, webhooks, webhookCount } = notice;
  const [version, newest] = [oneLine(notice.version), oneLine(notice.newest)];
  const unlisted = Math.max(0, webhookCount - webhooks.length);
  return {
    ...bodies[milestone]({ version, newest, expiresAt, api: publicUrl }),
    workspaces: workspacesOf(webhooks),
    more: unlisted === 0 ? '' : moreOf(unlisted, webhooks.length),
    footer: `You get this e-mail because ${oneLine(notice.address)} is an administrator's address of a workspace with webhooks on version ${version}, or of the workspace above it.`,
  };
}

function moreOf(unlisted: number, listed: number): string {
  const count = unlisted.toLocaleString('en-US');
  if (listed > 0) return `… and ${count} more.`;
  return `${count} ${unlisted === 1 ? 'webhook' : 'webhooks'}, none of which is named here.`;
}

type Facts = { readonly version: string; readonly newest: string; readonly expiresAt: Instant; readonly api: string };
type Body = Omit<Letter, 'workspaces' | 'more' | 'footer'>;

const bodies: Readonly<Record<NoticeMilestone, (facts: Facts) => Body>> = {
  announcement: (facts) => {
    const { version, newest, expiresAt, api } = facts;
    return {
      subject: `Webhook version ${version} expires on ${dayOf(expiresAt)}`,
      title: `Webhook version ${version} expires on ${instantOf(expiresAt)}`,
      paragraphs: [
        `Version ${newest} is the newest one. Until the expiration date your webhooks go on as they are, and receive their alerts in version ${version}.`,
        disabling(facts),
      ],
      steps: [
        { text: `See what version ${newest} changes, and prepare your receivers for it.`, calls: [viewing(facts)] },
        {
          text: `Move each webhook to it when your receiver is ready: send its settings with "version": "${newest}".`,
          calls: [`PUT ${api}/settings/webhooks/{id}`],
        },
        {
          text: `Or wait for its draft: a month before the expiration date one on version ${newest} is made for each webhook that has not moved. Once you publish it, the webhook goes on under its id in the new version.`,
          calls: draftCalls(api),
        },
      ],
      listing: 'Affected webhooks',
    };
  },
  reminder: (facts) => {
    const { version, newest, expiresAt, api } = facts;
    return {
      subject: `Reminder: webhook version ${version} expires on ${dayOf(expiresAt)}`,
      title: `Webhook version ${version} expires on ${instantOf(expiresAt)}`,
      paragraphs: [
        `The webhooks below have not moved to a newer version yet. A draft on version ${newest} is waiting for each of them, unless you made or discarded one yourself.`,
        disabling(facts),
      ],
      steps: [
        { text: `See what version ${newest} changes.`, calls: [viewing(facts)] },
        {
          text: 'Look at the draft of each webhook, test it against your receiver, and publish it. The webhook goes on under its id in the new version.',
          calls: draftCalls(api),
        },
      ],
      listing: `Webhooks still on version ${version}`,
    };
  },
  withdrawal: ({ version, expiresAt }) => ({
    subject: `Webhook version ${version} does not expire on ${dayOf(expiresAt)}`,
    title: `Webhook version ${version} does not expire`,
    paragraphs: [
      `You were told that it would expire on ${instantOf(expiresAt)}. That date is void: the version that was to replace it has been withdrawn, and ${version} is the current one again.`,
      'There is nothing for you to do. Your webhooks go on as they are.',
    ],
    steps: [],
    listing: `Your webhooks on version ${version}`,
  }),
};

const disabling = ({ version, expiresAt }: Facts) =>
  `Webhooks that are still on version ${version} a day after it has expired, on ${instantOf(expiresAt + DAY)}, are disabled, and receive nothing more.`;
const viewing = ({ api, newest }: Facts) => `GET ${api}/versions/${encodeURIComponent(newest)}`;
const draftCalls = (api: string) => [
  `GET ${api}/settings/webhooks/{id}/draft`,
  `POST ${api}/settings/webhooks/{id}/draft/test`,
  `POST ${api}/settings/webhooks/{id}/draft/publish`,
];

/** In the order in which they are first named. */
function workspacesOf(webhooks: readonly AffectedWebhook[]): Affected[] {
  return [...Map.groupBy(webhooks, ({ workspaceId }) => workspaceId)].map(([id, its]) => ({
    ...named(its[0]?.workspaceName ?? '', id),
    webhooks: its.map(({ name, webhookId, url }) => ({ ...named(name, webhookId), url: oneLine(url) })),
  }));
}

function named(text: string, id: string): Named {
  const name = oneLine(text);
  return name === '' || text === id ? { name: oneLine(id) } : { name, id: oneLine(id) };
}
