import type { TriggerDefinition } from './trigger.events.ts';

export type TriggerDocument = TriggerDefinition;

/** The type of test alerts: in the catalog for its example, but nobody subscribes to it. */
export const TEST_TRIGGER = 'test';

export interface TriggerCatalog {
  get(type: string): TriggerDocument | undefined;
  /** In order of type, `test` included. */
  all(): TriggerDocument[];
  /** Resolves once every trigger that is in the store at this moment is known here. */
  caughtUp(): Promise<void>;
}
export const TRIGGER_CATALOG = Symbol('TriggerCatalog');
