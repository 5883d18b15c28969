export type FailureWords = {
  /** In a row: "answered 503", "no answer in time". Follows "Failed –". */
  readonly short: string;
  /** What happened, as a sentence. */
  readonly happened: string;
  /** What to do, as a sentence. */
  readonly advice: string;
};

type Failure = {
  readonly errorClass: string | null;
  readonly statusCode: number | null;
  readonly error?: string | null;
};

const byClass: Readonly<Record<string, FailureWords>> = {
  'invalid-url': {
    short: 'URL cannot be used',
    happened: 'The URL of the webhook cannot be used.',
    advice: 'Edit the webhook and enter a full URL, such as https://example.com/hooks.',
  },
  dns: {
    short: 'name not found',
    happened: 'The host name of the URL could not be resolved.',
    advice: 'Check the spelling of the host name and its DNS record.',
  },
  'refused-address': {
    short: 'address not allowed',
    happened: 'The host name leads to an address that this installation does not send to.',
    advice: 'Use a public address, or ask the operator to allow this network.',
  },
  'connect-refused': {
    short: 'connection refused',
    happened: 'The receiver did not accept the connection.',
    advice: 'Check that the receiver is running, and that its firewall lets this server through.',
  },
  'connect-timeout': {
    short: 'no connection in time',
    happened: 'The receiver did not accept the connection in time.',
    advice: 'Check that the receiver is running, and that its firewall lets this server through.',
  },
  timeout: {
    short: 'no answer in time',
    happened: 'The receiver did not answer completely in time.',
    advice: 'Answer first and do the work afterwards, for example from a queue.',
  },
  tls: {
    short: 'certificate not valid',
    happened: 'No trusted TLS connection could be made.',
    advice: 'Renew the certificate of the receiver, and serve it with its whole chain.',
  },
  'connection-lost': {
    short: 'connection lost',
    happened: 'The connection broke before the answer was complete.',
    advice: 'Look into the log of the receiver, and of the proxy before it, at this time.',
  },
  protocol: {
    short: 'answer not valid',
    happened: 'The exchange was not valid HTTP.',
    advice: 'Check that the URL leads to a web server, and that it speaks TLS if it begins with https.',
  },
  'too-large': {
    short: 'answer too large',
    happened: 'The answer of the receiver was too large to be read.',
    advice: 'Answer with a short body: only the status counts.',
  },
};

const unknown: FailureWords = {
  short: 'not delivered',
  happened: 'The alert could not be delivered.',
  advice: 'Look at the attempt, and send a test.',
};

/** Why an attempt failed, in plain words, with one sentence of advice. */
export function failureInWords({ errorClass, statusCode, error }: Failure): FailureWords {
  if (statusCode !== null) return answered(statusCode);
  const words = (errorClass === null ? undefined : byClass[errorClass]) ?? unknown;
  // The server's sentence is more exact: which certificate, which timeout.
  return error ? { ...words, happened: error } : words;
}

function answered(status: number): FailureWords {
  const words = (advice: string): FailureWords => ({
    short: `answered ${status}`,
    happened: `The receiver answered ${status}.`,
    advice,
  });
  if (status >= 300 && status < 400) {
    return {
      short: 'redirect not followed',
      happened: `The receiver answered ${status}. Redirects are not followed.`,
      advice: 'Edit the webhook and enter the URL it leads to.',
    };
  }
  if (status === 401 || status === 403) return words('Check the authorization header and the secret of the webhook.');
  if (status === 404) return words('Check the path of the URL.');
  if (status === 405) return words('Let the receiver accept POST at this URL.');
  if (status === 410) return words('The receiver wants no more alerts here. Enter another URL, or remove the webhook.');
  if (status === 413) return words('Let the receiver, and the proxy before it, accept larger bodies.');
  if (status === 429) return words('Lower the rate in the delivery settings of the webhook.');
  if (status >= 500) return words('Look into the log of the receiver for this event id, then redeliver.');
  return words('Look into the log of the receiver for this event id.');
}
