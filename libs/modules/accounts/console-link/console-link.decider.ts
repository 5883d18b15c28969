import { conflict, notFound, type Decider, type Instant } from '../../../platform/kernel/index.ts';
import type { ConsoleLinkCommand, OpenConsoleLink } from './console-link.commands.ts';
import type { ConsoleLinkEvent, ConsoleLinkIssued } from './console-link.events.ts';

export type ConsoleLink =
  | {
      readonly issued: ConsoleLinkIssued['data'];
      readonly status: 'issued' | 'opened' | 'revoked';
      readonly sessionId: string | null;
    }
  | undefined;

export const consoleLink: Decider<ConsoleLink, ConsoleLinkCommand, ConsoleLinkEvent> = {
  category: 'consoleLink',
  initialState: () => undefined,
  evolve,
  decide,
};

function evolve(state: ConsoleLink, event: ConsoleLinkEvent): ConsoleLink {
  if (event.type === 'ConsoleLinkIssued') return { issued: event.data, status: 'issued', sessionId: null };
  if (!state) return undefined;
  if (event.type === 'ConsoleLinkRevoked') return { ...state, status: 'revoked' };
  return { ...state, status: 'opened', sessionId: event.data.sessionId };
}

function decide(command: ConsoleLinkCommand, state: ConsoleLink): readonly ConsoleLinkEvent[] {
  if (command.type === 'IssueConsoleLink') {
    if (state) throw conflict('A link with this id has been issued already.');
    return [{ type: 'ConsoleLinkIssued', data: command.data }];
  }
  if (command.type === 'OpenConsoleLink') return [open(command, state)];
  if (!state) throw notFound('The link');
  const { linkId, workspaceId } = state.issued;
  if (state.status === 'revoked') return [];
  return [{ type: 'ConsoleLinkRevoked', data: { linkId, workspaceId, sessionId: state.sessionId } }];
}

/** Whoever does not have the token is not told that there is a link. */
function open({ data, metadata: { at } }: OpenConsoleLink, state: ConsoleLink): ConsoleLinkEvent {
  if (!state || state.issued.tokenHash !== data.tokenHash) throw notFound('The link');
  if (state.status === 'revoked') throw conflict('The link was revoked; ask for a new one.');
  if (state.status === 'opened') throw conflict('The link was used already, and it opens once; ask for a new one.');
  const { linkId, workspaceId, role, label, embedIn, expiresAt, sessionSeconds } = state.issued;
  if (at >= expiresAt) throw conflict('The link has expired; ask for a new one.');
  const { sessionId, sessionTokenHash } = data;
  const sessionExpiresAt: Instant = at + sessionSeconds * 1_000;
  return {
    type: 'ConsoleLinkOpened',
    data: { linkId, workspaceId, role, label, embedIn, sessionId, sessionTokenHash, sessionExpiresAt },
  };
}
