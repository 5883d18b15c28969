import { parseArgs } from 'node:util';
import { listenForAlerts, type Arrival } from './alert-listener.ts';
import {
  isOfLocation,
  verifyHookSignature,
  verifyLocationSignature,
  verifyStandardWebhook,
  type Verdict,
} from './verify.ts';

const USAGE = `npm run receiver -- [--port 4400] [--secret supersecuresecret] [--status 200]
Prints every alert that arrives and says whether its signatures are right.
The port may also come from PORT_RECEIVER, the prefix of the signed headers from HEADER_PREFIX (X-Coro).`;

type Options = {
  readonly port: number;
  readonly secret: string;
  readonly status: number;
  readonly headerPrefix: string;
};

class UsageError extends Error {}

function optionsFrom(args: string[]): Options {
  const options = { port: { type: 'string' }, secret: { type: 'string' }, status: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args, options });
    return {
      port: integer('--port', values.port ?? (process.env['PORT_RECEIVER'] || '4400'), 0, 65_535),
      secret: values.secret ?? 'supersecuresecret',
      status: integer('--status', values.status ?? '200', 200, 599),
      headerPrefix: process.env['HEADER_PREFIX'] || 'X-Coro',
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(`${name} must be a number from ${least} to ${most}, not ${text}.`);
  }
  return value;
}

const inWords = ({ valid, reason }: Verdict) => (valid ? '✓ valid' : `✗ refused: ${reason}`);

function print(arrival: Arrival, { secret, status, headerPrefix }: Options): void {
  const lines = [
    '',
    `${arrival.at.toISOString()}  ${arrival.method} ${arrival.path}  answered ${status}`,
    ...arrival.sentHeaders.map(([name, value]) => `  ${name}: ${value}`),
    '',
    `  ${arrival.body}`,
    '',
    isOfLocation(arrival)
      ? `  X-Nexudus-Hook-Signature  ${inWords(verifyLocationSignature(arrival, secret))}`
      : `  ${headerPrefix}-Signature   ${inWords(verifyHookSignature(arrival, secret, headerPrefix))}`,
    `  Standard Webhooks  ${inWords(verifyStandardWebhook(arrival, secret))}`,
  ];
  console.log(lines.join('\n'));
}

async function run(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  const { port, status } = options;
  const listener = await listenForAlerts({ port, status, onArrival: (arrival) => print(arrival, options) });
  console.log(`Waiting for alerts on ${listener.url} (any path). Ctrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void listener.close());
}

run().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else if (error.code === 'EADDRINUSE') console.error('That port is taken; choose another one with --port.');
  else console.error(error);
  process.exitCode = 1;
});
