import type { Projection } from '../../../platform/kernel/index.ts';
import type { TriggerDocument } from '../trigger/trigger-catalog.ts';
import type { TriggerEvent } from '../trigger/trigger.events.ts';

export const triggers: Projection<TriggerDocument, TriggerEvent> = {
  name: 'triggers',
  version: 1,
  categories: ['trigger'],
  fields: [],
  keys: (event) => [event.data.type],
  fold: (_, event) => event.data,
};
