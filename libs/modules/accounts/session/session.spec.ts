import { describe, it } from '@jest/globals';
import { derivedId, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { EndSession, StartSession } from './session.commands.ts';
import { session } from './session.decider.ts';
import type { SessionEvent } from './session.events.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'user:ada', traceId: 'trace' };
const sessionId = 's'.repeat(22);
const userId = derivedId('user', 'ada');
const data = {
  ...{ sessionId, userId, tokenHash: 'h'.repeat(43), epoch: 0, expiresAt: metadata.at + 1 },
  ...{ address: '192.0.2.1', userAgent: '' },
};
const started: SessionEvent = { type: 'SessionStarted', data };
const ended: SessionEvent = { type: 'SessionEnded', data: { sessionId, userId } };
const start = new StartSession(data, metadata);
const end = new EndSession({ sessionId }, metadata);
const { given, when } = specify(session);

describe('a session', () => {
  it('is started once', () => {
    when(start).then([started]);
    given([started]).when(start).thenRefused('conflict');
  });

  it('ends, and stays so', () => {
    given([started]).when(end).then([ended]);
    given([started, ended]).when(end).thenNothing();
    given([started, ended]).when(start).thenRefused('conflict');
  });

  it('has to be started before it ends', () => when(end).thenRefused('not-found'));
});
