import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { WebhookVersionEvent } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import type { RecordFanOut } from './fan-out.commands.ts';
import { fanOut } from './fan-out.saga.ts';
import { configuration, owed, reactTo, received, streamOf, tree, webhook, type Source } from './testing/owed.ts';

const released = (version: string): WebhookVersionEvent => ({
  type: 'VersionReleased',
  data: { version, notes: '', triggers: {}, supersedes: null },
});

describe('the version a delivery is owed in', () => {
  const [SECOND, THIRD] = ['2026-02-01', '2026-03-01'];
  const versions = [released(FIRST_VERSION), released(SECOND), released(THIRD)];
  const owedIn = (on: string | undefined, fits: string | undefined, ...meanwhile: WebhookEvent[]) =>
    owed([
      ...tree,
      ...versions,
      webhook('hook', 'a', { version: on }),
      ...meanwhile,
      received('a', 'created', fits),
    ]).map(({ version }) => version);
  const change = (version?: string): WebhookEvent => ({
    type: 'WebhookChanged',
    data: {
      webhookId: 'hook',
      workspaceId: 'a',
      ...configuration,
      applyToAllDescendants: true,
      triggers: ['created'],
      version,
    },
  });

  it('is that of the webhook, however many versions it is behind', () => {
    expect(owedIn(SECOND, THIRD)).toEqual([SECOND]);
    expect(owedIn(FIRST_VERSION, THIRD)).toEqual([FIRST_VERSION]);
    expect(owedIn(THIRD, THIRD)).toEqual([THIRD]);
  });

  it('is that of the event if the webhook is newer', () => expect(owedIn(THIRD, SECOND)).toEqual([SECOND]));

  it('is the first where webhook or event are older than versions', () => {
    expect(owedIn(undefined, THIRD)).toEqual([FIRST_VERSION]);
    expect(owedIn(THIRD, undefined)).toEqual([FIRST_VERSION]);
  });

  it('is the one the webhook was moved to; a change of something else moves nothing', () => {
    expect(owedIn(FIRST_VERSION, THIRD, change(SECOND))).toEqual([SECOND]);
    expect(owedIn(SECOND, THIRD, change())).toEqual([SECOND]);
  });

  it('is told to who renders the alert, with the version of the event', () => {
    const events = record<Source>(
      [...tree, ...versions, webhook('hook', 'a'), received('a', 'created', THIRD)],
      streamOf,
    );
    const [command] = fanOut.react(events.at(-1) as Recorded<Source>, reactTo(events.slice(0, -1))) as RecordFanOut[];
    expect(command?.data.alert.version).toBe(THIRD);
  });
});
