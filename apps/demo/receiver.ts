import { parseArgs } from 'node:util';
import { listenForAlerts, type Arrival } from './alert-listener.ts';
import {
  isOfLocation,
  verifyHookSignature,
  verifyLocationSignature,
  verifyStandardWebhook,
  type Verdict,
} from './verify.ts';

const USAGE = `npm run receiver -- [--port 4400] [--secret supersecuresecret]… [--status 200]
Prints every alert that arrives and says whether its signatures are right. Of several secrets any will do, as while one is rotated.
The port may also come from PORT_RECEIVER, the prefix of the signed headers from HEADER_PREFIX (X-Coro).`;

type Options = {
  readonly port: number;
  /** At least one. */
  readonly secrets: readonly string[];
  readonly status: number;
  readonly headerPrefix: string;
};

class UsageError extends Error {}

function optionsFrom(args: string[]): Options {
  const secret = { type: 'string', multiple: true } as const;
  const options = { port: { type: 'string' }, secret, status: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args, options });
    return {
      port: integer('--port', values.port ?? (process.env['PORT_RECEIVER'] || '4400'), 0, 65_535),
      secrets: values.secret ?? ['supersecuresecret'],
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

/** What each secret verifies, in their order. */
function inWords(verdicts: readonly Verdict[]): string {
  const valid = verdicts.flatMap((verdict, i) => (verdict.valid ? [i + 1] : []));
  if (valid.length === 0) return `✗ refused: ${verdicts[0]?.reason}`;
  return verdicts.length === 1 ? '✓ valid' : `✓ valid with secret ${valid.join(' and ')}`;
}

function print(arrival: Arrival, { secrets, status, headerPrefix }: Options): void {
  const verified = (verify: (secret: string) => Verdict) => inWords(secrets.map(verify));
  const lines = [
    '',
    `${arrival.at.toISOString()}  ${arrival.method} ${arrival.path}  answered ${status}`,
    ...arrival.sentHeaders.map(([name, value]) => `  ${name}: ${value}`),
    '',
    `  ${arrival.body}`,
    '',
    isOfLocation(arrival)
      ? `  X-Nexudus-Hook-Signature  ${verified((secret) => verifyLocationSignature(arrival, secret))}`
      : `  ${headerPrefix}-Signature   ${verified((secret) => verifyHookSignature(arrival, secret, headerPrefix))}`,
    `  Standard Webhooks  ${verified((secret) => verifyStandardWebhook(arrival, secret))}`,
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
