import { expect } from '@jest/globals';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import type { Actions } from './version-lifecycle-actions.ts';
import { SECOND, THIRD } from './version-lifecycle-shapes.ts';
import { LATER_WORKSPACE } from './version-lifecycle-tree.ts';
import type { World } from './version-lifecycle-world.ts';

/** What somebody does, and when. */
export type Step = {
  readonly at: number;
  readonly does: (actions: Actions, world: World) => Promise<unknown>;
};

const on = (at: string, does: Step['does']): Step => ({ at: Date.parse(at), does });

const MADE_EARLY = { description: 'Made early' };

const publishing =
  (...versions: readonly string[]): Step['does'] =>
  async (actions) => {
    for (const version of versions) await actions.publish(version);
  };

/**
 * Two releases some weeks apart, and what the admins make of them. The first version expires on 29 February, since 31 August has no
 * like; the second one's date, 15 April, is postponed before its reminder and once more after it.
 */
export const STORY: readonly Step[] = [
  on('2047-08-30T10:30:01Z', publishing(FIRST_VERSION)),
  on('2047-08-31T10:30:00Z', (actions) => actions.release(SECOND)),
  on('2047-09-01T10:30:01Z', publishing(SECOND.name, FIRST_VERSION)),
  on('2047-09-12T12:00:00Z', (actions) => actions.move('north-early', SECOND.name)),
  on('2047-09-28T12:00:00Z', async (_, world) => {
    await world.addWorkspace(LATER_WORKSPACE);
    await world.addHook('later-on-second', LATER_WORKSPACE.id);
    await world.addHook('later-on-first', LATER_WORKSPACE.id, FIRST_VERSION);
  }),
  on('2047-10-05T12:00:00Z', (actions) => actions.makeDraft('parent-drafts-early', MADE_EARLY)),
  on('2047-10-15T17:45:00Z', (actions) => actions.release(THIRD)),
  on('2047-10-16T10:30:01Z', publishing(THIRD.name, SECOND.name, FIRST_VERSION)),
  on('2047-10-20T12:00:00Z', (_, world) => world.addHook('later-on-third', LATER_WORKSPACE.id)),
  on('2047-11-01T12:00:00Z', (actions) => actions.move('south-slow', SECOND.name)),
  on('2047-11-10T12:00:00Z', (actions) => actions.remove('all-removed')),
  on('2047-12-07T09:00:00Z', (actions) => actions.postpone(SECOND.name, Date.parse('2048-04-22T09:00:00Z'))),
  on('2047-12-20T12:00:00Z', (actions) => actions.disable('all-switched-off')),
  on('2048-01-29T12:00:00Z', async (actions, world) => {
    await publishing(THIRD.name, SECOND.name)(actions, world);
    await actions.tryDraft('all-discards');
  }),
  on('2048-01-31T12:00:00Z', (actions) => actions.publishDraft('parent-drafts')),
  on('2048-02-01T12:00:00Z', (actions) => actions.discardDraft('all-discards')),
  on('2048-02-22T10:30:01Z', (actions) => actions.acknowledge('ana@north.example')),
  on('2048-02-24T12:00:00Z', (actions) => actions.publishDraft('all-drafts-late')),
  on('2048-02-29T10:30:01Z', async (actions, world) => {
    await publishing(THIRD.name, SECOND.name)(actions, world);
    const webhook = await world.ask<object>('GET', 'north-early');
    await actions.refused(409, 'PUT', 'north-early', '', { ...webhook, version: FIRST_VERSION });
    await actions.refused(409, 'POST', 'all-switched-off', '/enable');
  }),
  on('2048-03-01T10:30:01Z', async (actions, world) => {
    await publishing(THIRD.name)(actions, world);
    await actions.refused(409, 'POST', 'south-returns', '/enable');
  }),
  on('2048-03-02T12:00:00Z', async (actions) => {
    await actions.publishDraft('south-returns');
    await actions.enable('south-returns');
  }),
  on('2048-03-03T12:00:00Z', publishing(THIRD.name, SECOND.name)),
  on('2048-03-24T12:00:00Z', (actions) => actions.discardDraft('later-on-second')),
  on('2048-03-30T09:00:00Z', (actions) => actions.postpone(SECOND.name, Date.parse('2048-04-25T09:00:00Z'))),
  on('2048-04-16T12:00:00Z', (actions) => actions.publishDraft('south-slow')),
  on('2048-04-27T12:00:00Z', async (actions, world) => {
    await publishing(THIRD.name, SECOND.name)(actions, world);
    expect(await world.ask('GET', 'parent-drafts-early', { path: '/draft' })).toMatchObject({ changes: MADE_EARLY });
    await actions.publishDraft('parent-drafts-early');
    await actions.refused(404, 'POST', 'south-slow', '/draft/publish');
  }),
];

/** Eight months after the first release. */
export const END = Date.parse('2048-05-01T10:30:00Z');

/** The calendar that this story is about, in so many words: should the oracle and the server be wrong in the same way. */
export const MILESTONES = {
  [FIRST_VERSION]: {
    remindAt: '2048-01-29T10:30:00.000Z',
    popupAt: '2048-02-22T10:30:00.000Z',
    expiresAt: '2048-02-29T10:30:00.000Z',
    disableAt: '2048-03-01T10:30:00.000Z',
  },
  [SECOND.name]: {
    remindAt: '2048-03-25T09:00:00.000Z',
    popupAt: '2048-04-18T09:00:00.000Z',
    expiresAt: '2048-04-25T09:00:00.000Z',
    disableAt: '2048-04-26T09:00:00.000Z',
  },
};

/** What is left of it when it is over. */
export function expectEnd({ oracle }: World): void {
  const end = [...oracle.hooks.values()].map(({ name, version, disabledBy }) => [name, version, disabledBy]);
  expect(Object.fromEntries(end.map(([name, ...rest]) => [name, rest]))).toEqual({
    'north-stays': [FIRST_VERSION, 'expired'],
    'north-early': [SECOND.name, 'expired'],
    'none-stays': [FIRST_VERSION, 'expired'],
    'parent-drafts': [THIRD.name, null],
    'parent-drafts-early': [THIRD.name, 'expired'],
    'all-discards': [FIRST_VERSION, 'expired'],
    'all-drafts-late': [THIRD.name, null],
    'all-switched-off': [FIRST_VERSION, 'expired'],
    'nobody-stays': [FIRST_VERSION, 'expired'],
    'south-stays': [FIRST_VERSION, 'expired'],
    'south-slow': [THIRD.name, null],
    'south-returns': [THIRD.name, null],
    'later-on-first': [FIRST_VERSION, 'expired'],
    'later-on-second': [SECOND.name, 'expired'],
    'later-on-third': [THIRD.name, null],
  });
}
