import { describe, expect, it } from '@jest/globals';
import type { TriggerView } from '../../api/types.ts';
import { blocksOf, matching, triggersOf } from './trigger-groups.ts';

const trigger = (type: string, action?: string): TriggerView => ({
  type,
  label: type.replaceAll('-', ' ').toUpperCase(),
  description: `About ${type}.`,
  schema: {},
  example: {},
  ...(action === undefined ? {} : { action: { number: 1, name: action } }),
});
const catalog = [
  'protected-devices-added',
  'protected-devices-deleted',
  'protected-devices-updated',
  'protected-devices-count-updated',
  'protected-users-added',
  'protected-users-deleted',
  'protected-users-updated',
  'subscription-updated',
  'workspace-created',
  'workspace-status-updated',
].map((type) => trigger(type));
const labels = (groups: readonly { label: string; triggers: readonly unknown[] }[]) =>
  groups.map(({ label, triggers }) => `${label} ${triggers.length}`);

describe('the groups of a catalog', () => {
  it('are named by the words that their types begin with, and large ones are split', () => {
    expect(labels(blocksOf(catalog).own)).toEqual([
      'Protected devices 4',
      'Protected users 3',
      'Subscription 1',
      'Workspace 2',
    ]);
  });

  it('gather what stands alone, once it is more than one', () => {
    const groups = blocksOf([...catalog, trigger('invoice.paid')]).own;
    expect(labels(groups)).toEqual(['Protected devices 4', 'Protected users 3', 'Workspace 2', 'Others 2']);
  });

  it('keep the actions of the location API by themselves', () => {
    const types = ['coworker-create', 'coworker-update', 'coworker-delete', 'coworker-checkin'];
    const invoices = ['coworker-invoice-paid', 'coworker-invoice-create', 'coworker-invoice-delete'];
    const blocks = blocksOf([...catalog, ...[...types, ...invoices].map((type) => trigger(type, type))]);

    expect(labels(blocks.actions)).toEqual(['Coworker 4', 'Coworker invoice 3']);
    expect(triggersOf(blocks.own)).toHaveLength(catalog.length);
  });

  it('hold every trigger once', () => {
    const types = triggersOf(blocksOf(catalog).own).map(({ type }) => type);
    expect(types.toSorted()).toEqual(catalog.map(({ type }) => type).toSorted());
  });

  it('are none for an empty catalog', () => {
    expect(blocksOf([])).toEqual({ own: [], actions: [] });
  });
});

describe('the filter of a catalog', () => {
  it('finds all words anywhere, in any case', () => {
    expect(matching(catalog, ' Users  ADDED ').map(({ type }) => type)).toEqual(['protected-users-added']);
    expect(matching(catalog, 'about').length).toBe(catalog.length);
    expect(matching(catalog, '')).toHaveLength(catalog.length);
    expect(matching(catalog, 'nothing')).toEqual([]);
  });
});
