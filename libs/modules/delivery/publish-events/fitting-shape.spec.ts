import { describe, expect, it } from '@jest/globals';
import { fittingShape } from './fitting-shape.ts';

const shape = (version: string, type: string) => ({
  version,
  schema: { type: 'object', required: ['count'], properties: { count: { type } }, additionalProperties: false },
});
const newest = shape('2026-03-01', 'integer');
const preceding = shape('2026-02-01', 'string');

describe('an event', () => {
  it('fits the newest shape before any other', () => {
    const twin = shape('2026-02-01', 'integer');
    expect(fittingShape({ count: 7 }, [newest, twin])).toEqual({ version: '2026-03-01', errors: [] });
  });

  it('that does not may fit the next', () => {
    expect(fittingShape({ count: '7' }, [newest, preceding])).toEqual({ version: '2026-02-01', errors: [] });
  });

  it('that fits none is told what is wrong with it in the newest', () => {
    const errors = [{ field: 'data.count', message: 'must be integer' }];
    expect(fittingShape({ count: null }, [newest, preceding])).toMatchObject({ errors });
    expect(fittingShape({ count: '7' }, [newest])).toMatchObject({ errors });
  });

  it('of a trigger without a shape fits nothing', () => expect(fittingShape({}, [])).toBeUndefined());
});
