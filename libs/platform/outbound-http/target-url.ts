import { OutboundRefused } from './outbound-answer.ts';

export const MAX_URL_LENGTH = 2_048;

// The URL parser silently drops tabs and line breaks, so that what is shown and what is called could differ.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

const refused = (message: string): OutboundRefused => new OutboundRefused('invalid-url', message);

/**
 * Whether a URL may be a target, judged by its text alone; where its name leads is judged when connecting.
 * @throws OutboundRefused with class `invalid-url`; the message never repeats the URL, which may carry a secret.
 */
export function parseTarget(url: string): URL {
  if (url.length > MAX_URL_LENGTH) throw refused(`The URL is longer than ${MAX_URL_LENGTH} characters.`);
  if (CONTROL_CHARACTER.test(url)) throw refused('The URL contains control characters.');
  const target = URL.parse(url);
  if (target === null) throw refused('The URL is not a valid absolute URL.');
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refused('The URL must begin with https:// or http://.');
  }
  if (target.hostname === '') throw refused('The URL has no host.');
  if (target.username !== '' || target.password !== '') {
    throw refused('The URL contains credentials; use a header instead.');
  }
  return target;
}

/** Why a URL may be no target; undefined for one that may. */
export function targetProblem(url: string): string | undefined {
  try {
    parseTarget(url);
    return undefined;
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error;
    return error.message;
  }
}
