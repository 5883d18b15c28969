import { describe, expect, it } from '@jest/globals';
import {
  filtersOf,
  isFiltered,
  noFilters,
  queryOf,
  reasonAgainstFilter,
  redeliveryOf,
  statusesOf,
} from './delivery-filters.ts';

const known = ['dns', 'http-status'];
const FROM = '2026-11-01T00:00:00Z';

describe('the filters of a URL', () => {
  it('are told from everything else it has, and cleared together', () => {
    const search = { tab: 'deliveries', status: 'exhausted', code: '503', search: 'billing', cursors: 'x' };
    const filters = filtersOf(search);
    expect(filters).toEqual({ status: 'exhausted', code: '503' });
    expect([isFiltered(filters), isFiltered({}), isFiltered(noFilters)]).toEqual([true, false, false]);
    expect(filtersOf({ ...search, ...noFilters })).toEqual({});
  });

  it('become a question that the API does not refuse', () => {
    const filters = {
      status: 'exhausted',
      code: '5xx',
      errorClass: 'dns',
      trigger: 'workspace-created',
      from: FROM,
    } as const;
    expect(queryOf('hook', filters, known)).toEqual({
      ...{
        webhook: 'hook',
        status: 'exhausted',
        code: '5xx',
        errorClass: 'dns',
        type: 'workspace-created',
        from: FROM,
      },
    });
    expect(queryOf('hook', { code: '99', errorClass: 'none' }, known)).toEqual({ webhook: 'hook' });
  });
});

describe('a redelivery by filter', () => {
  it('is about exactly what is listed', () => {
    const query = queryOf('hook', { status: 'exhausted', code: '503', event: 'e-1', from: FROM, to: FROM }, known);
    expect(redeliveryOf(query, 'not-delivered')).toEqual({
      ...{ webhookId: 'hook', what: 'not-delivered', since: FROM, until: FROM },
      filter: { status: 'exhausted', code: '503', event: 'e-1' },
    });
    expect(redeliveryOf({ webhook: 'hook' }, 'all')).toEqual({ webhookId: 'hook', what: 'all' });
  });

  it('of delivered ones asks for all, since they are not among the others', () => {
    expect(redeliveryOf({ webhook: 'hook', status: 'succeeded' }, 'not-delivered').what).toBe('all');
  });

  it('counts the statuses it goes through', () => {
    expect(statusesOf({}, 'not-delivered')).not.toContain('succeeded');
    expect(statusesOf({}, 'all')).toContain('succeeded');
    expect(statusesOf({ status: 'skipped' }, 'all')).toEqual(['skipped']);
  });

  it('is not possible for tests, jobs, and what is under way or cancelled', () => {
    expect(reasonAgainstFilter({ status: 'exhausted', code: '503' })).toBeUndefined();
    for (const filters of [
      { kind: 'test' },
      { redelivery: 'r' },
      { status: 'pending' },
      { status: 'cancelled' },
    ] as const)
      expect(reasonAgainstFilter(filters)).toMatch(/\.$/);
  });
});
