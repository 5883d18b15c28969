import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '../../../platform/kernel/index.ts';
import { errorsIn, schemaProblem } from '../../../platform/json-schema/json-schema.ts';
import {
  TRIGGER_CATALOG,
  WEBHOOK_VERSIONS,
  type TriggerCatalog,
  type WebhookVersions,
} from '../../webhook-configuration/contract.ts';
import { Downgrader, expressionProblem } from '../downgrade/downgrader.ts';
import { CannotDowngrade } from '../downgrade/cannot-downgrade.ts';
import type { TriggerRelease } from '../webhook-version/webhook-version.events.ts';
import type { Release } from '../webhook-version/release-schema.ts';

type Data = Readonly<Record<string, unknown>>;
export type Checked = {
  readonly errors: readonly FieldError[];
  /** What became of examples, by trigger, that are not what the version before takes. */
  readonly downgraded: Readonly<Record<string, Data>>;
};

const ANYTHING: Data = {};

/** Whether a release would let alerts be made in the current version. */
@Injectable()
export class ReleaseCheck {
  constructor(
    private readonly downgrader: Downgrader,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
  ) {}

  /** Everything that is wrong with it, against the version that is current at this moment. */
  async against(current: string, { name, triggers }: Release): Promise<Checked> {
    const errors: FieldError[] = [];
    const downgraded: Record<string, Data> = {};
    for (const [type, release] of Object.entries(triggers)) {
      const field = `triggers.${type}`;
      const before = this.versions.shapeOf(type, current);
      if (!before) {
        errors.push({ field, message: 'is not a trigger of the catalog' });
        continue;
      }
      const unusable = definitionErrors(field, release);
      errors.push(...unusable);
      if (unusable.length > 0) continue;
      try {
        const result = await this.#downgraded(type, name, release);
        const differences = errorsIn(result, before.schema);
        errors.push(...differences.map((difference) => misfit(field, current, difference)));
        if (differences.length > 0) downgraded[type] = result;
      } catch (error) {
        if (!(error instanceof CannotDowngrade)) throw error;
        errors.push({ field: `${field}.downgrade`, message: error.message });
      }
    }
    return { errors, downgraded };
  }

  /** Whatever it is: only so can be said what differs. */
  async #downgraded(type: string, version: string, { example, downgrade }: TriggerRelease): Promise<Data> {
    const alert = { id: '12345', timestamp: '1627670400000', workspaceId: 'workspace123', type, data: example };
    const chain = { steps: [{ version, expression: downgrade }], schema: ANYTHING };
    const result = await this.downgrader.run(JSON.stringify(alert), chain);
    return (JSON.parse(result) as { data: Data }).data;
  }
}

function definitionErrors(field: string, { schema, example, downgrade }: TriggerRelease): FieldError[] {
  const [ofSchema, ofDowngrade] = [schemaProblem(schema), expressionProblem(downgrade)];
  return [
    ...(ofSchema === undefined
      ? errorsIn(example, schema, `${field}.example`)
      : [{ field: `${field}.schema`, message: ofSchema }]),
    ...(ofDowngrade === undefined ? [] : [{ field: `${field}.downgrade`, message: ofDowngrade }]),
  ];
}

const misfit = (field: string, version: string, { field: at, message }: FieldError): FieldError => ({
  field: `${field}.downgrade`,
  message: `makes of the example what version ${version} does not take: ${at} ${message}`,
});
