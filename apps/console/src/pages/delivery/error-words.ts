import type { DeliveryView, Query } from '../../api/types.ts';
import { failureInWords } from '../../words/failures.ts';
import { countdown } from '../../words/times.ts';

export type ErrorClass = NonNullable<Query<'/deliveries'>['errorClass']>;
export type Explained = { readonly happened: string; readonly advice: string | null };

/** Every class there is, as a filter names it. Typed so that a new one of the API is missed here. */
export const errorClassNames: Readonly<Record<ErrorClass, string>> = {
  'http-status': 'Answered, but not 2xx',
  dns: 'Name not found',
  'connect-refused': 'Connection refused',
  'connect-timeout': 'No connection in time',
  timeout: 'No answer in time',
  'connection-lost': 'Connection lost',
  tls: 'Certificate not valid',
  protocol: 'Answer not valid',
  'refused-address': 'Address not allowed',
  'invalid-url': 'URL cannot be used',
};

export const errorClasses = Object.keys(errorClassNames) as ErrorClass[];

export const isErrorClass = (text: string | undefined): text is ErrorClass =>
  text !== undefined && Object.hasOwn(errorClassNames, text);

type Of = Pick<DeliveryView, 'status' | 'kind' | 'nextAttemptAt' | 'renderingFailure'> & {
  readonly attempts: readonly Pick<DeliveryView['attempts'][number], 'statusCode' | 'errorClass' | 'error'>[];
};

/** What happened to a delivery, and what somebody can do about it; no advice where nothing has to be done. */
export function explained(delivery: Of, now: number): Explained {
  const last = delivery.attempts.at(-1);
  const why = last !== undefined && last.errorClass !== null ? failureInWords(last) : undefined;
  switch (delivery.status) {
    case 'succeeded':
      return { happened: `The receiver answered ${last?.statusCode ?? '2xx'}: the alert is delivered.`, advice: null };
    case 'exhausted':
      return {
        happened: `${why?.happened ?? 'Every attempt failed.'} ${spent(delivery)}`,
        advice: why?.advice ?? 'Look at the attempts, and send a test.',
      };
    case 'pending':
      return why === undefined
        ? { happened: 'It has not been sent yet: it waits for its turn.', advice: null }
        : { happened: `${why.happened} ${again(delivery, now)}`, advice: why.advice };
    case 'held':
      return {
        happened: 'The webhook was disabled before this was delivered, so that it is held.',
        advice: 'Enable the webhook, then release what it holds.',
      };
    case 'cancelled':
      return { happened: 'It was cancelled before it was delivered, and is never sent.', advice: null };
    case 'skipped':
      return {
        happened: 'So much was owed to the webhook already that no more was queued for it.',
        advice: 'See to it that the receiver keeps up, then redeliver.',
      };
    case 'unrendered':
      return {
        happened: `No alert could be made of the event in the version of this webhook${because(delivery.renderingFailure?.error)}`,
        advice:
          'The release of the version is at fault, not the receiver. Tell the operator, or move the webhook to a newer version.',
      };
  }
}

const spent = ({ attempts, kind }: Of): string => {
  if (kind === 'test') return 'A test is sent once.';
  return attempts.length === 1
    ? 'There is no further attempt.'
    : `It was attempted ${attempts.length} times; there is no further attempt.`;
};

function again({ nextAttemptAt }: Of, now: number): string {
  const wait = nextAttemptAt === null ? 0 : Date.parse(nextAttemptAt) - now;
  return wait > 0 ? `The next attempt is in ${countdown(wait)}.` : 'The next attempt is due.';
}

const because = (error: string | undefined): string => (error ? `: ${error}` : '.');
