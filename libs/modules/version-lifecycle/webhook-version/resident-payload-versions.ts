import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog, type TriggerDocument } from '../../webhook-configuration/contract.ts';
import { Downgrader, type Chain } from '../downgrade/downgrader.ts';
import type { Downgrade, Example, PayloadVersions, VersionedSchema } from './payload-versions.ts';
import { currentOf, descent, lineOf, releaseOf } from './version-line.ts';
import { webhookVersions, type WebhookVersionDocument } from './webhook-versions.projection.ts';

/** What is accepted while an older version with another shape is live. */
type Older = { readonly until: Instant; readonly accepted: readonly VersionedSchema[] };
/** `inCatalog` is what it was made from: another entry of the catalog asks for another one. */
type Shapes = {
  readonly inCatalog: TriggerDocument;
  readonly newest: readonly VersionedSchema[];
  readonly older: readonly Older[];
};
type KnownChain = { readonly inCatalog: TriggerDocument; readonly chain: Chain };

@Injectable()
export class ResidentPayloadVersions implements PayloadVersions {
  readonly #shapes = new Map<string, Shapes>();
  /** Releases never change, so these stay. */
  readonly #chains = new Map<string, KnownChain>();

  constructor(
    @InjectResident(webhookVersions)
    private readonly versions: Pick<ResidentDocuments<WebhookVersionDocument>, 'get' | 'all' | 'onChange' | 'caughtUp'>,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
    private readonly downgrader: Downgrader,
  ) {
    versions.onChange(() => this.#shapes.clear());
  }

  accepted(trigger: string, at: Instant): readonly VersionedSchema[] {
    const inCatalog = this.catalog.get(trigger);
    if (!inCatalog) return [];
    const known = this.#shapes.get(trigger);
    const shapes = known?.inCatalog === inCatalog ? known : this.#shapesOf(trigger, inCatalog);
    return shapes.older.find(({ until }) => at < until)?.accepted ?? shapes.newest;
  }

  exampleOf(trigger: string, version: string): Example | Promise<Example> {
    const isKnown = this.versions.get(version) && this.catalog.get(trigger);
    return isKnown ? this.#exampleIn(trigger, version) : this.#exampleOnceKnown(trigger, version);
  }

  downgrade(body: string, { type, from, to }: Downgrade): string | Promise<string> {
    if (from === to) return body;
    const chain = this.#chainOf(type, from, to);
    return chain ? this.#run(body, chain) : this.#onceKnown(body, { type, from, to });
  }

  #exampleIn(trigger: string, version: string): Example {
    const inCatalog = this.catalog.get(trigger);
    return inCatalog && (releaseOf(lineOf(this.versions, version), trigger) ?? inCatalog).example;
  }

  async #exampleOnceKnown(trigger: string, version: string): Promise<Example> {
    await this.#caughtUp();
    if (!this.versions.get(version)) throw new Error(`Version ${version} is not known.`);
    return this.#exampleIn(trigger, version);
  }

  #run(body: string, chain: Chain): string | Promise<string> {
    return chain.steps.length === 0 ? body : this.downgrader.run(body, chain);
  }

  /** Another process may have released a version that this one has yet to hear of. */
  async #caughtUp(): Promise<void> {
    await Promise.all([this.versions.caughtUp(), this.catalog.caughtUp()]);
  }

  async #onceKnown(body: string, { type, from, to }: Downgrade): Promise<string> {
    await this.#caughtUp();
    const chain = this.#chainOf(type, from, to);
    if (chain) return this.#run(body, chain);
    throw new Error(`No way is known from version ${from} to version ${to} of ${type}.`);
  }

  /** Always the same object: the downgrader compiles a chain once. */
  #chainOf(type: string, from: string, to: string): Chain | undefined {
    const inCatalog = this.catalog.get(type);
    if (!inCatalog) return undefined;
    const key = `${type} ${from} ${to}`;
    const known = this.#chains.get(key);
    if (known?.inCatalog === inCatalog) return known.chain;
    const way = descent(this.versions, type, from, to);
    if (!way) return undefined;
    const steps = way.steps.map(({ name, triggers }) => ({
      version: name,
      expression: triggers[type]?.downgrade ?? '',
    }));
    const chain = { steps, schema: (releaseOf(way.to, type) ?? inCatalog).schema };
    this.#chains.set(key, { inCatalog, chain });
    return chain;
  }

  /** Older are those, from the current version back, in which the trigger has another shape than in the newest. */
  #shapesOf(trigger: string, inCatalog: TriggerDocument): Shapes {
    const line = lineOf(this.versions, currentOf(this.versions)?.name ?? '');
    const schemas = line.map(({ name, calendar }, index) => ({
      version: name,
      schema: (releaseOf(line.slice(index), trigger) ?? inCatalog).schema,
      until: calendar?.expiresAt ?? Infinity,
    }));
    const [newest] = schemas;
    const accepted = newest ? [versioned(newest)] : [];
    const older = schemas
      .filter(({ schema }) => schema !== newest?.schema)
      .map(({ until, ...shape }) => ({ until, accepted: [...accepted, versioned(shape)] }));
    const shapes = { inCatalog, newest: accepted, older };
    this.#shapes.set(trigger, shapes);
    return shapes;
  }
}

const versioned = ({ version, schema }: VersionedSchema): VersionedSchema => ({ version, schema });
