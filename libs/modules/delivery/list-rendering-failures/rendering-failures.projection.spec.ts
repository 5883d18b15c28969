import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { DeliveryEvent } from '../delivery/delivery.events.ts';
import { failed, renderingFailed } from '../delivery/testing/delivery-fixtures.ts';
import { renderingFailures } from './rendering-failures.projection.ts';

const after = (...history: DeliveryEvent[]) =>
  projecting(
    renderingFailures,
    record(history, ({ data }) => `delivery-${data.deliveryId}`),
  );
const id = (...of: string[]) => JSON.stringify(of);

describe('alerts that could not be rendered', () => {
  it('are counted by version, release, trigger and fault, with what is known of the last', () => {
    after(
      renderingFailed({ deliveryId: 'one', at: 5 }),
      renderingFailed({ deliveryId: 'other', webhookId: 'other hook', error: 'The result is null.', at: 9 }),
      renderingFailed({ type: 'removed' }),
      renderingFailed({ fault: 'time' }),
      renderingFailed({ releasedIn: '2026-03-01' }),
    ).then({
      [id('2026-01-01', '2026-02-01', 'created', 'error')]: {
        count: 2,
        firstAt: 5,
        lastAt: 9,
        deliveryId: 'other',
        webhookId: 'other hook',
        error: 'The result is null.',
      },
      [id('2026-01-01', '2026-02-01', 'removed', 'error')]: { count: 1 },
      [id('2026-01-01', '2026-02-01', 'created', 'time')]: { count: 1 },
      [id('2026-01-01', '2026-03-01', 'created', 'error')]: { count: 1 },
    });
  });

  it('are all that is counted', () => {
    const { documents } = after(failed(1, 60_000), renderingFailed());
    expect(Object.keys(documents)).toHaveLength(1);
  });
});
