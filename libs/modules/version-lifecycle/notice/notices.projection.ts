import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import { notice, type Notice } from './notice.decider.ts';
import type { NoticeEvent } from './notice.events.ts';

/** The notice as its decider knows it. */
export type NoticeDocument = Notice & {
  readonly owedAt: Instant;
  /** Of the next attempt; null once it is over. */
  readonly dueAt: Instant | null;
  readonly sentAt: Instant | null;
  /** The server or the file it was handed over to. */
  readonly place: string | null;
  /** The address in lower case. */
  readonly addressKey: string;
};

export const notices: Projection<NoticeDocument, NoticeEvent> = {
  name: 'notices',
  version: 2,
  categories: ['notice'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'version', type: 'text', indexed: false },
    { field: 'milestone', type: 'text', indexed: false },
    { field: 'status', type: 'text', indexed: false },
    { field: 'addressKey', type: 'text', indexed: false },
    { field: 'dueAt', type: 'number', indexed: false },
    { field: 'owedAt', type: 'number' },
  ],
  indexes: [
    { fields: ['dueAt'], sparse: true },
    ['workspaceId', 'owedAt'],
    ['version', 'owedAt'],
    ['addressKey', 'version', 'owedAt'],
  ],
  byPosition: false,
  keys: (event) => [event.data.noticeId],
  fold: (document, event) => {
    const state = notice.evolve(document, event);
    if (!state) return undefined;
    const { at } = event.metadata;
    const isSent = event.type === 'NoticeSent';
    return {
      ...state,
      owedAt: document?.owedAt ?? at,
      dueAt: state.status === 'pending' ? (state.nextAttemptAt ?? at) : null,
      sentAt: isSent ? at : (document?.sentAt ?? null),
      addressKey: state.address.toLowerCase(),
      place: isSent ? event.data.place : (document?.place ?? null),
    };
  },
};
