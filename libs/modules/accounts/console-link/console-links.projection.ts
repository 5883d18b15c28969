import type { Projection } from '../../../platform/kernel/index.ts';
import type { ConsoleLinkEvent } from './console-link.events.ts';

/** What has to be known of a link by its id alone. */
export type ConsoleLinkDocument = {
  readonly linkId: string;
  readonly workspaceId: string;
  /** The origin whose pages may show the console in a frame. */
  readonly embedIn: string | null;
};

export const consoleLinks: Projection<ConsoleLinkDocument, ConsoleLinkEvent> = {
  name: 'console-links',
  version: 1,
  categories: ['consoleLink'],
  fields: [],
  byPosition: false,
  keys: ({ type, data }) => (type === 'ConsoleLinkIssued' ? [data.linkId] : []),
  fold: (document, { type, data }) => {
    if (type !== 'ConsoleLinkIssued') return undefined;
    const { linkId, workspaceId, embedIn } = data;
    return document ?? { linkId, workspaceId, embedIn };
  },
};
