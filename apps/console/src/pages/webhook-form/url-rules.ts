const MAX_LENGTH = 2_048;
// A URL parser drops tabs and line breaks silently: what is shown and what is called would differ.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Why alerts cannot be sent to this URL, as far as its text tells; undefined when they can. */
export function urlProblem(text: string): string | undefined {
  const url = text.trim();
  if (url === '') return 'Enter the URL that alerts are sent to.';
  if (url.length > MAX_LENGTH) return 'Enter at most 2,048 characters.';
  if (CONTROL.test(url)) return 'Take out the line breaks and other control characters.';
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:\/\//i.test(url)) return 'Enter a full URL, for example https://example.com/hooks.';
  if (hasCredentials(parsed))
    return 'Take user name and password out of the URL, and put them into an authorization header.';
  return undefined;
}

/** What may be unwise about a URL. Hints stand in nobody's way; while it is typed and cannot be read yet there are none. */
export function urlHints(text: string): readonly string[] {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return [];
  const host = url.hostname.toLowerCase();
  const hints: string[] = [];
  if (hasCredentials(url))
    hints.push('A URL with a user name or password is refused. Use an authorization header for them.');
  if (url.protocol === 'http:')
    hints.push('Over http anybody on the way can read the alerts. Use https where the receiver has it.');
  const isBin = BINS.find((bin) => host === bin || host.endsWith(`.${bin}`));
  if (isLoopback(host))
    hints.push(`${host} is the machine that this server runs on. It may not be allowed to send there.`);
  else if (isPrivate(host))
    hints.push(`${host} is an address of a private network. This server may not be allowed to send there.`);
  else if (isBin !== undefined)
    hints.push(`What is sent to ${isBin} can be read by others. Use it for trying out only.`);
  if (url.hash !== '') hints.push(`The part from # on (${url.hash}) is not sent.`);
  return hints;
}

const hasCredentials = ({ username, password }: URL): boolean => username !== '' || password !== '';

const LOOPBACK = [/^127\./, /^0\.0\.0\.0$/, /^\[::1?\]$/, /^\[::ffff:7f/, /^localhost\.?$/, /\.localhost\.?$/];
const PRIVATE = [
  /^10\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^169\.254\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^\[f[cd][0-9a-f]{2}:/,
  /^\[fe[89ab][0-9a-f]:/,
  /\.(local|internal|intranet|lan|home\.arpa)\.?$/,
  // A name without a dot is one of the network that the server is in.
  /^[^.[\]]+$/,
];
const isLoopback = (host: string): boolean => LOOPBACK.some((pattern) => pattern.test(host));
const isPrivate = (host: string): boolean => PRIVATE.some((pattern) => pattern.test(host));

/** Sites that show the requests they get to whoever knows, or guesses, the URL. */
const BINS = [
  'webhook.site',
  'requestbin.com',
  'requestbin.net',
  'requestbin.kr',
  'requestcatcher.com',
  'pipedream.net',
  'beeceptor.com',
  'hookbin.com',
  'httpbin.org',
  'httpdump.app',
  'mockbin.io',
  'mockbin.org',
  'play.svix.com',
  'postb.in',
  'ptsv3.com',
  'smee.io',
  'typedwebhook.tools',
  'webhook.cool',
  'webhookinbox.com',
];
