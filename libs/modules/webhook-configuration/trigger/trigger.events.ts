import type { DomainEvent } from '../../../platform/kernel/index.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** One entry of the catalog: an event type that webhooks can subscribe to. */
export type TriggerDefinition = {
  readonly type: string;
  readonly label: string;
  readonly description: string;
  /** JSON Schema (2020-12) of an event's `data`. */
  readonly schema: JsonObject;
  /** A `data` that satisfies the schema. */
  readonly example: JsonObject;
  /** What it is called in the location dialect, of those that it has. */
  readonly action?: Action;
};

/** As published: `number` is what records hold, 1 to 90. */
export type Action = { readonly number: number; readonly name: string };

export type TriggerAdded = DomainEvent<'TriggerAdded', TriggerDefinition>;
export type TriggerChanged = DomainEvent<'TriggerChanged', TriggerDefinition>;

export type TriggerEvent = TriggerAdded | TriggerChanged;
