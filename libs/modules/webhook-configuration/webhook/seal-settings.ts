import type { Sealed } from '../../../platform/kernel/index.ts';
import type { SealingKey } from '../../../platform/sealing/index.ts';
import { headerContext, secretContext } from './sealing-contexts.ts';
import type { WebhookSettings } from './webhook.events.ts';
import { MASK } from './webhook-view.ts';

type Clear = { readonly secret?: string; readonly headers: Readonly<Record<string, string>> };
type Stored = Pick<WebhookSettings, 'secret' | 'headers'>;

export function sealSettings(
  key: SealingKey,
  webhookId: string,
  { secret, headers }: Clear & { readonly secret: string },
): { secret: Sealed; headers: Record<string, Sealed> } {
  return {
    secret: key.seal(secret, secretContext(webhookId)),
    headers: mapValues(headers, (value, name) => key.seal(value, headerContext(webhookId, name))),
  };
}

/**
 * Seals what is new. What equals a value in `stored` (of several the first) comes as the stored ciphertext, so that nothing seems
 * changed; what is masked or left out comes as null, which keeps whatever is stored when the command is decided.
 */
export function sealReplacement(
  key: SealingKey,
  webhookId: string,
  { secret, headers }: Clear,
  ...stored: readonly (Partial<Stored> | undefined)[]
): { secret: Sealed | null; headers: Record<string, Sealed | null> } {
  const secrets = stored.map((settings) => settings?.secret);
  const headersBy = (name: string) => stored.map((settings) => valueOf(settings?.headers ?? {}, name));
  return {
    secret: secret === undefined ? null : sealOnce(key, secret, secretContext(webhookId), secrets),
    headers: mapValues(headers, (value, name) =>
      value === MASK ? null : sealOnce(key, value, headerContext(webhookId, name), headersBy(name)),
    ),
  };
}

/** Seals a text unless it equals one that was sealed before: of several the first. */
export const sealOnce = (
  key: SealingKey,
  text: string,
  context: string,
  before: readonly (Sealed | null | undefined)[],
): Sealed =>
  before.find((sealed) => typeof sealed === 'string' && key.open(sealed, context) === text) ?? key.seal(text, context);

const valueOf = (headers: Stored['headers'], name: string): Sealed | undefined =>
  Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];

const mapValues = <T>(
  record: Readonly<Record<string, string>>,
  map: (value: string, name: string) => T,
): Record<string, T> => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
