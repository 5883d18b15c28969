import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { seedTriggers } from '../../libs/modules/webhook-configuration/trigger/seed-triggers.ts';

export type Release = (typeof releases)[number];
type Shape = { readonly schema: object; readonly example: Readonly<Record<string, unknown>> };

/** Those that both releases change, and one that the first of them changes alone. */
export const TRIGGERS = ['protected-users-added', 'subscription-updated', 'protected-users-count-updated'] as const;
export type Trigger = (typeof TRIGGERS)[number];

const [second, third] = releases;
if (!second || !third) throw new Error('There are two releases.');
export const SECOND: Release = second;
export const THIRD: Release = third;

const versions = [{ name: FIRST_VERSION, triggers: {} as Release['triggers'] }, SECOND, THIRD];

/** As the newest release up to this version says, or else as the catalog does. */
function shapeIn(version: string, trigger: string): Shape {
  const upTo = versions.slice(0, versions.findIndex(({ name }) => name === version) + 1);
  const released = upTo.findLast(({ triggers }) => trigger in triggers)?.triggers[trigger];
  const shape = released ?? seedTriggers.find(({ type }) => type === trigger);
  if (!shape) throw new Error(`There is no trigger ${trigger}.`);
  return shape;
}

export const exampleIn = (version: string, trigger: string) => shapeIn(version, trigger).example;

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

export const fits = (version: string, trigger: string, data: unknown): boolean =>
  ajv.validate(shapeIn(version, trigger).schema, data);
