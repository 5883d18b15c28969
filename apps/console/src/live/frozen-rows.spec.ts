import { describe, expect, it } from '@jest/globals';
import { frozen, type Frozen } from './frozen-rows.ts';

type Row = { id: string; state?: string };
const begin = (rows: Row[]): Frozen<Row> => ({ key: 'all', items: rows, rows, fresh: 0 });

describe('rows that do not move', () => {
  it('keep their places and take what is new in them', () => {
    const after = frozen(begin([{ id: 'b' }, { id: 'a' }]), [{ id: 'c' }, { id: 'a', state: 'x' }, { id: 'b' }], 'all');
    expect(after.rows).toEqual([{ id: 'b' }, { id: 'a', state: 'x' }]);
    expect(after.fresh).toBe(1);
  });

  it('stay when newer ones have pushed them off the page', () =>
    expect(frozen(begin([{ id: 'a' }]), [{ id: 'b' }], 'all')).toMatchObject({ rows: [{ id: 'a' }], fresh: 1 }));

  it('are new ones for another filter', () =>
    expect(frozen(begin([{ id: 'a' }]), [{ id: 'b' }], 'failed')).toMatchObject({ rows: [{ id: 'b' }], fresh: 0 }));

  it('show what comes into an empty list', () =>
    expect(frozen(begin([]), [{ id: 'a' }], 'all')).toMatchObject({ rows: [{ id: 'a' }], fresh: 0 }));
});
