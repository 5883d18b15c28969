import { describe, expect, it } from '@jest/globals';
import type { WebhookView } from '../api/types.ts';
import { withChange } from './webhook-cache.ts';

const webhook = (id: string) =>
  ({ id, name: id, triggers: [], status: 'enabled', disabledBy: null }) as unknown as WebhookView;
const off = { status: 'disabled', disabledBy: 'admin' } as const;

describe('a change that is shown at once', () => {
  it('is in the webhook itself, and in lists that have it', () => {
    expect(withChange(webhook('a'), 'a', off)).toMatchObject(off);
    const page = { items: [webhook('a'), webhook('b')], nextCursor: 'next', total: 2 };
    const changed = withChange(page, 'b', off);
    expect(changed).toEqual({ ...page, items: [webhook('a'), { ...webhook('b'), ...off }] });
  });

  it('leaves everything else as it is', () => {
    const page = { items: [webhook('a')], nextCursor: null };
    expect(withChange(page, 'b', off)).toBe(page);
    const draft = { id: 'a', changes: [] };
    expect(withChange(draft, 'a', off)).toBe(draft);
    expect(withChange(undefined, 'a', off)).toBeUndefined();
  });
});
