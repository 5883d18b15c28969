import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { openApiSchema, validate } from '../../../platform/http/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../trigger/trigger-catalog.ts';
import { createSchema, replaceSchema, type InputRules, type WebhookInput } from './webhook-schema.ts';
import { webhookExample } from './webhook-view.ts';

/** Reads the bodies of webhooks by the rules of this installation, which a schema made at import could not know. */
@Injectable()
export class WebhookBodies {
  readonly #rules: InputRules;

  constructor(@Inject(TRIGGER_CATALOG) catalog: TriggerCatalog, @Inject(CONFIG) config: Config) {
    this.#rules = {
      headerPrefix: config.headerPrefix,
      knowsTrigger: (type) => catalog.get(type) !== undefined,
    };
  }

  /** @throws {Refusal} `invalid`, naming every wrong field. */
  toCreate(body: unknown): WebhookInput & { readonly secret: string } {
    return validate(createSchema(this.#rules), body);
  }

  /** @throws {Refusal} `invalid`, naming every wrong field. */
  toReplace(webhookId: string, body: unknown): WebhookInput {
    return validate(replaceSchema(this.#rules, webhookId), body);
  }
}

const anyRules: InputRules = { headerPrefix: 'X-Coro', knowsTrigger: () => true };

const { id: _id, updated: _updated, delivery: _delivery, ...example } = webhookExample;
const delivery = { concurrency: 4, ratePerSecond: 20, burst: 40, schedule: [0, 30, 300, 3_600, 21_600] };

export const createBody = {
  schema: openApiSchema(createSchema(anyRules), 'input'),
  examples: { example: { value: example }, 'at its own pace': { value: { ...example, delivery } } },
};
export const replaceBody = {
  schema: openApiSchema(replaceSchema(anyRules), 'input'),
  examples: { example: { value: { ...example, triggers: ['workspace-created', 'subscription-updated'] } } },
};
