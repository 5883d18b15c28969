import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '../../../platform/kernel/index.ts';
import { errorsIn, schemaProblem } from '../../../platform/json-schema/json-schema.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from '../../webhook-configuration/contract.ts';
import { Downgrader, expressionProblem } from '../downgrade/downgrader.ts';
import { CannotDowngrade } from '../downgrade/cannot-downgrade.ts';
import type { TriggerRelease } from '../webhook-version/webhook-version.events.ts';
import type { Release } from '../webhook-version/release-schema.ts';
import { lostFrom } from './lost-from.ts';

type Data = Readonly<Record<string, unknown>>;
export type Checked = {
  readonly errors: readonly FieldError[];
  /** What became of examples, by trigger, that are not what the version before takes, or not what it had. */
  readonly downgraded: Readonly<Record<string, Data>>;
};

/** A trigger in the release and in the version before it. */
type Change = {
  readonly type: string;
  readonly field: string;
  readonly version: string;
  readonly release: TriggerRelease;
  readonly current: string;
  readonly before: Shape;
};
type Shape = { readonly schema: Data; readonly example: Data };
type Found = { readonly errors: readonly FieldError[]; readonly result?: Data | undefined };
type Tried = { readonly faults: readonly string[]; readonly result?: Data };

const ANYTHING: Data = {};

/** Whether a release would let alerts be made in the current version. */
@Injectable()
export class ReleaseCheck {
  constructor(
    private readonly downgrader: Downgrader,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: Pick<WebhookVersions, 'shapeOf'>,
  ) {}

  /** Everything that is wrong with it, against the version that is current at this moment. */
  async against(current: string, { name: version, triggers }: Release): Promise<Checked> {
    const errors: FieldError[] = [];
    const downgraded: Record<string, Data> = {};
    for (const [type, release] of Object.entries(triggers)) {
      const field = `triggers.${type}`;
      const before = this.versions.shapeOf(type, current);
      if (!before) {
        errors.push({ field, message: 'is not a trigger of the catalog' });
        continue;
      }
      const found = await this.#check({ type, field, version, release, current, before });
      errors.push(...found.errors);
      if (found.result) downgraded[type] = found.result;
    }
    return { errors, downgraded };
  }

  async #check(change: Change): Promise<Found> {
    const { field, release } = change;
    const unusable = [...(await this.#shapeErrors(change)), ...downgradeErrors(field, release)];
    if (unusable.length > 0) return { errors: unusable };
    const { faults, result } = await this.#bringDown(change, release.example);
    if (faults.length === 0) return this.#checkMistaken(change);
    return { errors: faults.map((message) => ({ field: `${field}.downgrade`, message })), result };
  }

  async #shapeErrors({ field, version, release: { schema, example } }: Change): Promise<FieldError[]> {
    const problem = schemaProblem(schema);
    if (problem !== undefined) return [{ field: `${field}.schema`, message: problem }];
    try {
      return await this.#errorsIn(version, example, schema, `${field}.example`);
    } catch (error) {
      return [unchecked(error, field, 'its example')];
    }
  }

  /**
   * An event in the shape before that fits the new schema too is taken for a new one. Whoever publishes it must not notice: all it has
   * comes through. What the downgrade adds to it, it adds to new ones as well.
   */
  async #checkMistaken(change: Change): Promise<Found> {
    const { field, version, current, release, before } = change;
    try {
      const misfits = await this.#errorsIn(version, before.example, release.schema);
      if (misfits.length > 0) return { errors: [] };
    } catch (error) {
      // No event is that large.
      if (error instanceof CannotDowngrade && error.fault === 'size') return { errors: [] };
      return { errors: [unchecked(error, field, `the example of version ${current}`)] };
    }
    const { faults, result } = await this.#bringDown(change, before.example);
    const lost = faults.length === 0 && result ? lostFrom(before.example, result, 'data') : [];
    const all = lost.length > 0 ? [`loses or changes ${lost.join(', ')}`] : faults;
    const mistaken = `takes an event in the shape of version ${current}, whose example fits this schema too, for a new one`;
    const errors = all.map((fault) => ({ field: `${field}.downgrade`, message: `${mistaken}: ${fault}` }));
    return errors.length > 0 ? { errors, result } : { errors };
  }

  async #bringDown({ type, version, release, current, before }: Change, example: Data): Promise<Tried> {
    try {
      // Whatever it is: only so can be said what differs.
      const result = await this.#run(type, version, release.downgrade, example, ANYTHING);
      const differences = await this.#errorsIn(version, result, before.schema);
      const misfit = `makes of the example what version ${current} does not take:`;
      return { faults: differences.map(({ field, message }) => `${misfit} ${field} ${message}`), result };
    } catch (error) {
      if (!(error instanceof CannotDowngrade)) throw error;
      return { faults: [error.message] };
    }
  }

  /**
   * Looks for them here once it is known that this ends: a pattern may take for ever.
   * @throws {CannotDowngrade} where it does not.
   */
  async #errorsIn(version: string, data: Data, schema: Data, root = 'data'): Promise<FieldError[]> {
    try {
      await this.#run('', version, '$', data, schema);
      return [];
    } catch (error) {
      if (!(error instanceof CannotDowngrade) || error.fault !== 'shape') throw error;
      return errorsIn(data, schema, root);
    }
  }

  async #run(type: string, version: string, expression: string, data: Data, schema: Data): Promise<Data> {
    const alert = { id: '12345', timestamp: '1627670400000', workspaceId: 'workspace123', type, data };
    const result = await this.downgrader.run(JSON.stringify(alert), { steps: [{ version, expression }], schema });
    return (JSON.parse(result) as { data: Data }).data;
  }
}

function downgradeErrors(field: string, { downgrade }: TriggerRelease): FieldError[] {
  const problem = expressionProblem(downgrade);
  return problem === undefined ? [] : [{ field: `${field}.downgrade`, message: problem }];
}

function unchecked(error: unknown, field: string, example: string): FieldError {
  if (!(error instanceof CannotDowngrade)) throw error;
  if (error.fault === 'time') return { field: `${field}.schema`, message: `takes too long on ${example}` };
  if (error.fault === 'size') return { field: `${field}.example`, message: 'is larger than an event may be' };
  return { field: `${field}.schema`, message: `cannot be checked on ${example}` };
}
