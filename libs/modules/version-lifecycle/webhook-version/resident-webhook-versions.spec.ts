import { describe, expect, it } from '@jest/globals';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { calendarOf } from './calendar.ts';
import { ResidentWebhookVersions } from './resident-webhook-versions.ts';
import { catalogOf } from './testing/catalog.ts';
import { DocumentsAfter } from './testing/resident-documents.ts';
import { DAY, released, RELEASED_AT, supersededAt, triggerRelease, withdrawn } from './testing/version-history.ts';
import type { WebhookVersionEvent } from './webhook-version.events.ts';
import { webhookVersions } from './webhook-versions.projection.ts';

const SECOND_AT = RELEASED_AT + 30 * DAY;
const catalog = catalogOf('a', 'b');
const history: readonly WebhookVersionEvent[] = [
  released('one', null),
  released('two', 'one', { triggers: { a: triggerRelease('a of two') } }),
  released('three', 'two', { at: SECOND_AT, triggers: { a: triggerRelease('a of three') } }),
];
const after = (...events: readonly WebhookVersionEvent[]) =>
  new ResidentWebhookVersions(new DocumentsAfter(webhookVersions, events), catalog);
const markOf = (versions: ResidentWebhookVersions, trigger: string, version: string) =>
  versions.shapeOf(trigger, version)?.example['mark'];

describe('the current version', () => {
  it('is the newest that was not withdrawn', () => {
    expect(after(...history).current()).toBe('three');
    expect(after(...history, withdrawn('three', 'two')).current()).toBe('two');
    expect(after(...history, withdrawn('three', 'two'), withdrawn('two', 'one')).current()).toBe('one');
  });

  it('is the first before anything is released', () => expect(after().current()).toBe(FIRST_VERSION));
});

describe('live versions', () => {
  const { expiresAt } = supersededAt(RELEASED_AT);

  it('come newest first, without those that have expired', () => {
    expect(after(...history).live(SECOND_AT)).toEqual(['three', 'two', 'one']);
    expect(after(...history).live(expiresAt - 1)).toEqual(['three', 'two', 'one']);
    expect(after(...history).live(expiresAt)).toEqual(['three', 'two']);
    expect(after(...history).live(expiresAt + 400 * DAY)).toEqual(['three']);
  });

  it('are those whose date was postponed, too, and not those that were withdrawn', () => {
    const postponed = calendarOf(expiresAt + 90 * DAY, SECOND_AT);
    const events: WebhookVersionEvent[] = [
      { type: 'ExpirationPostponed', data: { version: 'one', from: expiresAt, ...postponed } },
      withdrawn('three', 'two'),
    ];
    expect(after(...history, ...events).live(expiresAt + 89 * DAY)).toEqual(['two', 'one']);
  });
});

describe('the expiration of a version', () => {
  const { expiresAt, popupAt, disableAt } = supersededAt(RELEASED_AT);

  it('comes with when its webhooks are warned, and when they are disabled', () =>
    expect(after(...history).expirationOf('one')).toEqual({ expiresAt, warnAt: popupAt, disableAt }));

  it('is null for the current version, and for none', () => {
    expect(after(...history).expirationOf('three')).toBeNull();
    expect(after(...history).expirationOf('nine')).toBeNull();
  });

  it('is, of a withdrawn version, that of the version before it', () => {
    const versions = after(...history, withdrawn('three', 'two'));
    expect(versions.expirationOf('three')).toBeNull();
    const replaced = after(...history, withdrawn('three', 'two'), released('four', 'two', { at: SECOND_AT + DAY }));
    expect(replaced.expirationOf('three')).toEqual(replaced.expirationOf('two'));
    expect(replaced.expirationOf('three')?.expiresAt).toBe(supersededAt(SECOND_AT + DAY).expiresAt);
  });
});

describe('a withdrawn version', () => {
  it('counts as the newest one before it that stands', () => {
    expect(after(...history).withdrawn()).toEqual(new Map());
    expect(after(...history, withdrawn('three', 'two')).withdrawn()).toEqual(new Map([['three', 'two']]));
    const both = [withdrawn('three', 'two'), withdrawn('two', 'one')];
    expect(after(...history, ...both, released('four', 'one')).withdrawn()).toEqual(
      new Map([
        ['two', 'one'],
        ['three', 'one'],
      ]),
    );
  });
});

describe('the shape of a trigger', () => {
  it('is that of the newest release at or before the version that changes it, or else that of the catalog', () => {
    const versions = after(...history, released('four', 'three', { triggers: { b: triggerRelease('b of four') } }));
    const marks = (trigger: string) => ['one', 'two', 'three', 'four'].map((name) => markOf(versions, trigger, name));
    expect(marks('a')).toEqual(['catalog', 'a of two', 'a of three', 'a of three']);
    expect(marks('b')).toEqual(['catalog', 'catalog', 'catalog', 'b of four']);
  });

  it('is unknown if the trigger is not in the catalog, even under a name that every object has', () => {
    expect(after(...history).shapeOf('c', 'one')).toBeUndefined();
    const odd = new ResidentWebhookVersions(new DocumentsAfter(webhookVersions, history), catalogOf('constructor'));
    expect(markOf(odd, 'constructor', 'two')).toBe('catalog');
    expect(odd.isReshaped('constructor')).toBe(false);
  });

  it('is, in a withdrawn version, that of the version before it, also for what came after it', () => {
    const versions = after(...history, withdrawn('three', 'two'), released('four', 'two'));
    expect(markOf(versions, 'a', 'three')).toBe('a of two');
    expect(markOf(versions, 'a', 'four')).toBe('a of two');
  });

  it('says nothing about the downgrade', () =>
    expect(Object.keys(after(...history).shapeOf('a', 'two') ?? {})).toEqual(['schema', 'example']));

  it('belongs to the releases once one has changed it, even if that was withdrawn', () => {
    expect(after(...history).isReshaped('a')).toBe(true);
    expect(after(...history).isReshaped('b')).toBe(false);
    const all = [withdrawn('three', 'two'), withdrawn('two', 'one')];
    expect(after(...history, ...all).isReshaped('a')).toBe(true);
  });
});
