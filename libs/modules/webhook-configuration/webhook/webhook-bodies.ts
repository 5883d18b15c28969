import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { openApiSchema, validate } from '../../../platform/http/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../trigger/trigger-catalog.ts';
import { KnownVersions } from './known-versions.ts';
import {
  createSchema,
  draftInputSchema,
  replaceSchema,
  type DraftInput,
  type InputRules,
  type WebhookInput,
} from './webhook-schema.ts';
import type { Webhook } from './webhook-state.ts';
import { webhookExample } from './webhook-view.ts';

type Stored = Pick<Webhook, 'version' | 'dialect'>;

/** Reads the bodies of webhooks by the rules of this installation, which a schema made at import could not know. */
@Injectable()
export class WebhookBodies {
  readonly #rules: InputRules;

  constructor(
    @Inject(TRIGGER_CATALOG) catalog: TriggerCatalog,
    @Inject(CONFIG) config: Config,
    private readonly versions: KnownVersions,
  ) {
    this.#rules = {
      headerPrefix: config.headerPrefix,
      knowsTrigger: (type) => catalog.get(type) !== undefined,
      knowsVersion: (version) => versions.knows(version),
    };
  }

  /** @throws {Refusal} `invalid`, naming every wrong field. */
  async toCreate(body: unknown): Promise<WebhookInput & { readonly secret: string }> {
    await this.#lookUp(body);
    return validate(createSchema(this.#rules), body);
  }

  /**
   * `stored`: the webhook, if it is there. Its version may be named whatever has become of that, and its dialect may have no secret.
   * @throws {Refusal} `invalid`, naming every wrong field.
   */
  async toReplace(webhookId: string, body: unknown, stored: Stored | undefined): Promise<WebhookInput> {
    await this.#lookUp(body);
    const knowsVersion = (version: string) => version === stored?.version || this.versions.knows(version);
    return validate(replaceSchema({ ...this.#rules, knowsVersion }, stored?.dialect ?? 'workspace', webhookId), body);
  }

  /** @throws {Refusal} `invalid`, naming every wrong field. */
  async toDraft(body: unknown, stored: Stored | undefined): Promise<DraftInput> {
    await this.#lookUp(body);
    return validate(draftInputSchema(this.#rules, stored?.dialect ?? 'workspace'), body);
  }

  /** Rules answer at once, from memory: what they are to know has to be there. */
  async #lookUp(body: unknown): Promise<void> {
    const named = namesVersion.safeParse(body);
    if (named.success) await this.versions.know(named.data.version);
  }
}

const namesVersion = z.object({ version: z.string() });

const anyRules: InputRules = { headerPrefix: 'X-Coro', knowsTrigger: () => true, knowsVersion: () => true };

const { name, description, applyToAllDescendants, url, secret, headers, triggers, status } = webhookExample;
const example = { name, description, applyToAllDescendants, url, secret, headers, triggers, status };
const delivery = { concurrency: 4, ratePerSecond: 20, burst: 40, schedule: [0, 30, 300, 3_600, 21_600] };

export const createBody = {
  schema: openApiSchema(createSchema(anyRules), 'input'),
  examples: { example: { value: example }, 'at its own pace': { value: { ...example, delivery } } },
};
export const replaceBody = {
  schema: openApiSchema(replaceSchema(anyRules, 'location'), 'input'),
  examples: { example: { value: { ...example, triggers: ['workspace-created', 'subscription-updated'] } } },
};
export const draftBody = {
  schema: openApiSchema(draftInputSchema(anyRules, 'location'), 'input'),
  examples: {
    example: { value: { url: 'https://www.customer.example/newwebhook' } },
    'the version alone': { value: {} },
  },
};
