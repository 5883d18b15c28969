import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';

import {
  between,
  changedTo,
  created,
  createdLongAgo,
  disabled,
  draftChanged,
  draftCreated,
  draftDiscarded,
  elsewhere,
  here,
  live,
  metadata,
  newest,
  removed,
  version,
} from './testing/webhook-history.ts';
import { CreateDraft, DiscardDraft, PublishDraft } from './webhook.commands.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';

const { given, when } = specify(webhook);

const calendar = (data: Partial<CreateDraft['data']> = {}) =>
  new CreateDraft({ ...here, of: version, target: newest, ...data }, metadata);
const publish = (among = live) => new PublishDraft({ ...here, live: among }, metadata);
const discard = new DiscardDraft(here, metadata);
const published: WebhookEvent = { type: 'DraftPublished', data: { ...here, target: newest } };
const url = 'https://customer.example/new';

describe('the draft of the calendar', () => {
  it('is made for a webhook on the version that is to expire', () => {
    given([created]).when(calendar()).then([draftCreated()]);
    given([createdLongAgo, disabled('expired', 1)])
      .when(calendar())
      .then([draftCreated()]);
  });

  it('is not made for one that has moved, is on the newest already, or has a draft of that', () => {
    given([created, changedTo({ version: between })])
      .when(calendar())
      .thenNothing();
    given([created])
      .when(calendar({ target: version }))
      .thenNothing();
    given([created, draftCreated()]).when(calendar()).thenNothing();
    given([created, draftCreated('admin'), draftChanged({ url })])
      .when(calendar())
      .thenNothing();
  });

  it('takes the place of one on another version', () => {
    for (const target of [between, version])
      given([created, draftCreated('admin', { target })])
        .when(calendar())
        .then([draftCreated()]);
  });

  it('takes over the changes of one on another version, and expires with the version the webhook is on now', () => {
    const moved = changedTo({ version: between });
    const history = [created, draftCreated('admin', { target: version }), draftChanged({ url }, version), moved];
    const renewed = [draftCreated('calendar', { of: between }), draftChanged({ url })];
    given(history)
      .when(calendar({ of: between }))
      .then(renewed);
    given([...history, ...renewed])
      .when(calendar({ of: between }))
      .thenNothing();
    given([...history, ...renewed])
      .when(publish())
      .then([published, changedTo({ url, version: newest })]);
  });

  it('is not made for one that is gone, elsewhere or unheard of', () => {
    given([created, removed]).when(calendar()).thenNothing();
    given([created]).when(calendar(elsewhere)).thenNothing();
    when(calendar()).thenNothing();
  });

  it('is not made again for a version once it was discarded', () => {
    const history = [created, draftCreated(), draftDiscarded()];
    given(history).when(calendar()).thenNothing();
    given([...history, changedTo({ version: between })])
      .when(calendar({ of: between }))
      .then([draftCreated('calendar', { of: between })]);
  });

  it('is made for the version a webhook has moved to, though a draft made before that is discarded there', () => {
    const stale = [created, draftCreated(), draftChanged({ url }), changedTo({ version: between })];
    given(stale)
      .when(discard)
      .then([draftDiscarded(version)]);
    given([...stale, draftDiscarded(version)])
      .when(calendar({ of: between }))
      .then([draftCreated('calendar', { of: between })]);
  });

  it('is made again for a webhook that was moved without one, and came back', () =>
    given([created, draftCreated(), changedTo({ version: newest }), changedTo({})])
      .when(calendar())
      .then([draftCreated()]));

  it('is made all the same if what was discarded would not have moved the webhook', () =>
    given([created, draftCreated('admin', { target: version }), draftDiscarded(version, version)])
      .when(calendar())
      .then([draftCreated()]));
});
