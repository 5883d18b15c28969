import { describe, expect, it } from '@jest/globals';
import { reasonNotToRedeliver } from './redeliverable.ts';

const delivery = { kind: 'event', status: 'exhausted' } as const;

describe('a delivery can be sent again', () => {
  it.each(['exhausted', 'succeeded', 'skipped', 'unrendered', 'held'] as const)('once it is %s', (status) => {
    expect(reasonNotToRedeliver({ ...delivery, status }, true)).toBeUndefined();
  });

  it('unless it is under way, cancelled, a test, or its webhook is disabled', () => {
    expect(reasonNotToRedeliver({ ...delivery, status: 'pending' }, true)).toMatch(/still/);
    expect(reasonNotToRedeliver({ ...delivery, status: 'cancelled' }, true)).toMatch(/cancelled/);
    expect(reasonNotToRedeliver({ ...delivery, kind: 'test' }, true)).toMatch(/another test/);
    expect(reasonNotToRedeliver(delivery, false)).toMatch(/Enable it first/);
  });
});
