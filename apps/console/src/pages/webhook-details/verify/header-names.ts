import type { WebhookView } from '../../../api/types.ts';
import type { HeaderNames, Scheme } from './sample.ts';

const DEFAULT_PREFIX = 'X-Coro';
/** Goes into code: a name with anything else in it is not put there. */
const PLAIN = /^[A-Za-z0-9_-]+$/;
export const LOCATION_SIGNATURE = 'X-Nexudus-Hook-Signature';

type Dialect = WebhookView['dialect'];

/** The names as its alerts have them: an installation may use another prefix. Without an alert to look at, the usual one. */
export function headerNames(headers: Readonly<Record<string, string>>, dialect: Dialect): HeaderNames {
  const prefix = prefixOf(headers) ?? DEFAULT_PREFIX;
  return {
    hookId: `${prefix}-Hook-Id`,
    signature: dialect === 'location' ? LOCATION_SIGNATURE : `${prefix}-Signature`,
  };
}

/** A configured header could have such a name, too, but its value is masked. */
function prefixOf(headers: Readonly<Record<string, string>>): string | undefined {
  const id = headers['webhook-id'];
  const found = Object.entries(headers).find(([name, value]) => /.-hook-id$/i.test(name) && value === id);
  const prefix = found?.[0].slice(0, -'-Hook-Id'.length);
  return prefix !== undefined && PLAIN.test(prefix) ? prefix : undefined;
}

/** The two ways to check its alerts, the one to be preferred first. */
export const schemesOf = (dialect: Dialect): readonly [Scheme, Scheme] =>
  dialect === 'location' ? ['standard', 'body'] : ['standard', 'hook-id'];

export const schemeLabel = (scheme: Scheme, names: HeaderNames): string =>
  scheme === 'standard' ? 'Standard Webhooks' : names.signature;

/** What it covers, and what that means for who relies on it. */
export function schemeInWords(scheme: Scheme): string {
  if (scheme === 'standard')
    return 'webhook-signature covers the id, the time and every byte of the body. Check this one.';
  if (scheme === 'body')
    return 'Covers every byte of the body, but not the time: an old alert can be sent again. Check it only where you must.';
  return 'Covers the id alone: whoever has seen one alert can send another body under its id. Check it only where you must.';
}
