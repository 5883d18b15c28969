import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { ConsoleLinkEvent } from './console-link.events.ts';
import { consoleLinks } from './console-links.projection.ts';

const grant = { linkId: 'l', workspaceId: 'w', role: 'viewer' as const, label: '', embedIn: 'https://portal.example' };
const issued: ConsoleLinkEvent = {
  type: 'ConsoleLinkIssued',
  data: { ...grant, tokenHash: 't', expiresAt: 1, sessionSeconds: 1 },
};
const opened: ConsoleLinkEvent = {
  type: 'ConsoleLinkOpened',
  data: { ...grant, sessionId: 's', sessionTokenHash: 'c', sessionExpiresAt: 2 },
};

describe('a console link', () => {
  it('is known with its workspace and the site that may frame it, and nothing of its token', () => {
    const history = record([issued, opened], () => 'consoleLink-l');
    const known = projecting(consoleLinks, history);
    known.then({ l: { linkId: 'l', workspaceId: 'w', embedIn: 'https://portal.example' } });
  });
});
