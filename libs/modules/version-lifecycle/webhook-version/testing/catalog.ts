import type { TriggerCatalog, TriggerDocument } from '../../../webhook-configuration/contract.ts';

/** A catalog of triggers, and of more as they `arrive` by the next `caughtUp`; whatever `data` is marked as their own fits them. */
export function catalogOf(...types: readonly string[]): TriggerCatalog & { arrive: (type: string) => void } {
  const known = new Map<string, TriggerDocument>();
  const arriving = [...types];
  const arrive = (type: string) => void arriving.push(type);
  const catalog = {
    get: (type: string) => known.get(type),
    all: () => [...known.values()],
    caughtUp: async () => {
      for (const type of arriving.splice(0)) {
        const schema = { type: 'object', required: ['mark'] };
        known.set(type, { type, label: type, description: '', schema, example: { mark: 'catalog' } });
      }
    },
    arrive,
  };
  void catalog.caughtUp();
  return catalog;
}
