import { describe, expect, it } from '@jest/globals';
import { isDeepStrictEqual as isEqual } from 'node:util';
import fc from 'fast-check';
import { Refusal } from '../../../platform/kernel/index.ts';
import { anyCommand, anyStart, run, type Step } from './testing/any-history.ts';
import { here, metadata } from './testing/webhook-history.ts';
import { RemoveWebhook, type WebhookCommand } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import { published } from './webhook-drafts.ts';
import { settingsOf } from './webhook-settings.ts';
import type { WebhookEvent } from './webhook.events.ts';

const remove = new RemoveWebhook(here, metadata);

const holds = (rule: (step: Step) => void) =>
  fc.assert(
    fc.property(anyStart, fc.array(anyCommand, { maxLength: 25 }), (start, commands) =>
      run([start, ...commands]).forEach(rule),
    ),
    { numRuns: 500 },
  );

const liveOf = (command: WebhookCommand): readonly string[] => ('live' in command.data ? command.data.live : []);
const types = (events: readonly WebhookEvent[]) => events.map(({ type }) => type);

describe('whatever is asked of a webhook and its draft', () => {
  it('the webhook is moved to live versions only, by a replacement or by publishing', () =>
    holds(({ command, before, after }) => {
      if (after.version === before.version) return;
      expect(liveOf(command)).toContain(after.version);
      expect(['ReplaceWebhook', 'PublishDraft']).toContain(command.type);
    }));

  it('it is enabled on live versions only', () =>
    holds(({ command, before, after }) => {
      if (before.status === 'disabled' && after.status === 'enabled') expect(liveOf(command)).toContain(after.version);
    }));

  it('what is published is what the draft showed, and nothing else about the webhook changes', () =>
    holds(({ command, before, after }) => {
      if (command.type !== 'PublishDraft') return;
      const shown = before.draft && published(before, before.draft);
      expect({ ...shown, pendingFrom: after.pendingFrom }).toEqual(after);
    }));

  it('a draft has none of the fields that the webhook had alike when it was asked for', () =>
    holds(({ command, before, events }) =>
      events.forEach((event) => {
        if (command.type !== 'ChangeDraft' || event.type !== 'DraftChanged') return;
        const settings = Object.entries(settingsOf(before));
        for (const field of Object.entries(event.data.changes)) expect(settings).not.toContainEqual(field);
      }),
    ));

  it('a draft is on a version that was live when it was changed', () =>
    holds(({ command, after }) => {
      if (command.type === 'ChangeDraft') expect(command.data.live).toContain(after.draft?.target);
    }));

  it('nothing but a command about the draft changes it, or ends it if it is more than a move that was made without it', () =>
    holds(({ command, before, after }) => {
      if (/Draft$/.test(command.type)) return;
      const isOver = after.version !== before.version && isEqual(before.draft?.changes, {});
      expect(after.draft).toEqual(isOver ? null : before.draft);
    }));

  it('no draft counts as discarded but one that was', () =>
    holds(({ command, before, after }) => {
      if (command.type === 'DiscardDraft' && before.draft && before.draft.of !== before.draft.target)
        expect(after.discardedFor).toContain(before.draft.of);
      else expect(after.discardedFor).toEqual(before.discardedFor);
    }));

  it('no command about the draft changes the webhook, but publishing', () =>
    holds(({ command, before, after }) => {
      if (!/Draft$/.test(command.type) || command.type === 'PublishDraft') return;
      const { draft, discardedFor } = after;
      expect(after).toEqual({ ...before, draft, discardedFor });
    }));

  it('the calendar leaves a draft on the newest version, with the changes there were, unless it was discarded before', () =>
    holds(({ command, before, events, after }) => {
      if (command.type !== 'CreateDraft') return;
      const { of, target } = command.data;
      const isAsked = of === before.version && of !== target && !before.discardedFor.includes(of);
      if (!isAsked || before.draft?.target === target) expect(events).toEqual([]);
      else expect(after.draft).toEqual({ target, of, by: 'calendar', changes: before.draft?.changes ?? {} });
    }));

  it('a version that expires disables what is on it, and nothing else', () =>
    holds(({ command, before, events, after }) => {
      if (command.type !== 'DisableWebhook' || command.data.by !== 'expired') return;
      const isOnIt = (command.data.version ?? before.version) === before.version;
      if (isOnIt) expect(after).toMatchObject({ status: 'disabled', disabledBy: 'expired', version: before.version });
      else expect(events).toEqual([]);
    }));

  it('what expired is on again only once it was enabled', () =>
    holds(({ before, events, after }) => {
      if (before.disabledBy !== 'expired' || after.disabledBy === 'expired') return;
      expect(types(events)).toContain('WebhookEnabled');
    }));

  it('the same command again appends nothing, unless it asks for a test or the draft is gone', () =>
    holds(({ command, after }) => {
      if (['CreateWebhook', 'TestDraft', 'PublishDraft', 'DiscardDraft'].includes(command.type)) return;
      expect(webhook.decide(command, after)).toEqual([]);
    }));

  it('a removed one takes no command, and gives sagas nothing to do', () =>
    fc.assert(
      fc.property(anyStart, fc.array(anyCommand, { maxLength: 10 }), anyCommand, (start, commands, last) => {
        const state = run([start, ...commands, remove]).at(-1)?.after;
        const isHarmless =
          ['CreateDraft', 'NumberWebhook'].includes(last.type) ||
          (last.type === 'DisableWebhook' && last.data.by !== 'admin');
        if (isHarmless) expect(webhook.decide(last, state)).toEqual([]);
        else expect(() => webhook.decide(last, state)).toThrow(Refusal);
      }),
    ));
});
