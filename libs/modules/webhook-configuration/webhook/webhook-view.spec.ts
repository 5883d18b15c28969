import { describe, expect, it } from '@jest/globals';
import type { SealingKey } from '../../../platform/sealing/index.ts';
import {
  created,
  createdDisabled,
  createdInLocation,
  createdLongAgo,
  draftCreated,
  numbers,
  rotated,
  settings,
  version,
} from './testing/webhook-history.ts';
import { webhook } from './webhook.decider.ts';
import type { WebhookEvent } from './webhook.events.ts';
import { viewOf, type Shown } from './webhook-view.ts';

const UPDATED = 1_700_000_000_000;
const expiration = { expiresAt: 2_000, warnAt: 1_000, disableAt: 3_000 };

function view(history: readonly WebhookEvent[], shown: Partial<Shown> = {}, key?: SealingKey) {
  const state = history.reduce(webhook.evolve, undefined);
  if (!state) throw new Error('not created');
  return viewOf(state, { updated: UPDATED, expiration: null, now: 0, ...shown }, key);
}

describe('the view of a webhook', () => {
  it('has the fields of the guide, in its order, and those the guide does not know after them', () => {
    const guide = [
      'id',
      'name',
      'description',
      'applyToAllDescendants',
      'url',
      'secret',
      'headers',
      'triggers',
      'status',
    ];
    expect(Object.keys(view([created]))).toEqual([
      ...guide,
      'updated',
      'delivery',
      'version',
      'expiresAt',
      'expiring',
      'disabledBy',
      'hasDraft',
      'dialect',
      'number',
      'previousSecretUntil',
    ]);
    expect(view([created])).toMatchObject({ name: settings.name, status: 'enabled', updated: UPDATED, version });
  });

  it('tells its dialect, and its number as soon as it has one', () => {
    expect(view([created])).toMatchObject({ dialect: 'workspace', number: numbers.number });
    expect(view([createdInLocation])).toMatchObject({ dialect: 'location', secret: null });
    expect(view([createdLongAgo])).toMatchObject({ dialect: 'workspace', number: null });
  });

  it('tells when its version expires', () => {
    expect(view([created])).toMatchObject({ expiresAt: null, expiring: false });
    expect(view([created], { expiration })).toMatchObject({ expiresAt: 2_000, expiring: false });
  });

  it.each([
    [999, false],
    [1_000, true],
    [2_000, true],
    [2_999, true],
    [3_000, false],
  ])('warns from a week before until its webhooks are disabled: at %i %s', (now, expiring) =>
    expect(view([created], { expiration, now })).toMatchObject({ expiring, expiresAt: 2_000 }),
  );

  it('tells until when a secret that was rotated out signs, and nothing more of it', () => {
    const history = [created, rotated('new', 1_000)];
    expect(view(history, { now: 999 })).toMatchObject({ previousSecretUntil: 1_000 });
    expect(view(history, { now: 1_000 })).toMatchObject({ previousSecretUntil: null });
    expect(view([created, rotated('new')])).toMatchObject({ previousSecretUntil: null });
    const opened: string[] = [];
    const key = { seal: () => '', open: (sealed: string) => (opened.push(sealed), sealed) };
    expect(JSON.stringify(view(history, { now: 0 }, key))).not.toContain('sealed secret');
    expect(opened).toEqual(['new', 'sealed authorization']);
  });

  it('tells who disabled it, and whether it has a draft', () => {
    expect(view([created])).toMatchObject({ disabledBy: null, hasDraft: false });
    expect(view([createdDisabled, draftCreated()])).toMatchObject({ disabledBy: 'admin', hasDraft: true });
  });
});
