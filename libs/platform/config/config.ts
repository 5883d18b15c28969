import { z } from 'zod';
import { retrySchedule } from '../kernel/index.ts';
import { senderOf } from '../mail/address.ts';
import { readSmtpUrl } from '../mail/smtp/smtp-url.ts';

const list = (separator = ',') =>
  z.string().transform((text) =>
    text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const cidr = z.union([z.cidrv4(), z.cidrv6()], { error: 'is not a list of CIDRs, such as 10.0.0.0/8,fd00::/8' });

const schedule = list()
  .pipe(z.array(z.coerce.number<string>({ error: 'must be seconds separated by commas' })))
  .pipe(retrySchedule);

const ROLES = ['api', 'worker'] as const;
export type Role = (typeof ROLES)[number];
const roles = list().pipe(z.array(z.enum(ROLES, { error: 'must be api, worker, or both' })).nonempty());

const streamName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/, {
  error: 'must be beginnings of stream names, separated by commas, made of letters, digits and _ . : -',
});

/** Those of a cluster name several hosts, which no URL parser takes. */
const url = (scheme: string, form: RegExp) =>
  z
    .string()
    .regex(form, { abort: true, error: `must begin with ${scheme}:// and name a host` })
    .optional();

function isOf(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}

const PORT_RANGE = 'must be a port, 0 to 65535';

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: PORT_RANGE }).int(PORT_RANGE).min(0, PORT_RANGE).max(65_535, PORT_RANGE).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  EVENTSTORE_URL: url('esdb', /^esdb(\+discover)?:\/\/\S+$/),
  STREAM_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_]*\.$/, { error: 'must be letters, digits and _, ending in a dot' })
    .default('carillon.'),
  INGEST_STREAMS: list().pipe(z.array(streamName)).default([]),
  MONGODB_URL: url('mongodb', /^mongodb(\+srv)?:\/\/\S+$/),
  SMTP_URL: url('smtp', /^smtps?:\/\/\S+$/).refine((text) => text === undefined || isOf(readSmtpUrl, text), {
    error: 'is none that mail can be sent with; an option it may not have, perhaps',
  }),
  MAIL_FROM: z
    .string()
    .refine((text) => isOf(senderOf, text), { error: 'must be an address, or a name and an address in <>' })
    .default('Carillon <carillon@localhost>'),
  ROLES: roles.default([...ROLES]),
  MIN_FREE_DISK: z.coerce
    .number({ error: 'must be a number of bytes' })
    .int('must be a whole number of bytes')
    .min(0, 'must be 0 or more bytes')
    .default(256 * 1024 * 1024),
  HEADER_PREFIX: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'must be a header name without its last hyphen, such as X-Coro' })
    .default('X-Coro'),
  RETRY_SCHEDULE: schedule.default([0, 60, 300, 1800]),
  MAX_OWED_PER_WEBHOOK: z.coerce
    .number({ error: 'must be a number of deliveries' })
    .int('must be a whole number of deliveries')
    .min(1, 'must be 1 or more')
    .default(1_000_000),
  OUTBOUND_ALLOW: list().pipe(z.array(cidr)).default([]),
  TRUSTED_PROXIES: list().pipe(z.array(cidr)).default([]),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, { error: 'must be 64 hexadecimal characters (256 bits)' })
    .optional(),
  BOOTSTRAP_CLIENT_ID: z.string().min(8).max(128).optional(),
  BOOTSTRAP_CLIENT_SECRET: z.string().min(16).max(256).optional(),
  BOOTSTRAP_WORKSPACE: z
    .string()
    .regex(/^[A-Za-z0-9_:-]{1,128}$/)
    .default('root'),
  BOOTSTRAP_ADMIN_EMAIL: z.email().optional(),
  BOOTSTRAP_ADMIN_PASSWORD: z.string().min(12).max(256).optional(),
  CLOCK: z.enum(['system', 'manual'], { error: 'must be system or manual' }).default('system'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

type Environment = z.infer<typeof environment>;

/** What one variable asks of the others. */
const whole = environment.superRefine((e: Environment, context) => {
  const wrong = (variable: keyof Environment, message: string) =>
    context.addIssue({ code: 'custom', path: [variable], message });
  if (e.EVENTSTORE_URL !== undefined) {
    for (const variable of ['ENCRYPTION_KEY', 'BOOTSTRAP_CLIENT_ID', 'BOOTSTRAP_CLIENT_SECRET'] as const)
      if (e[variable] === undefined) wrong(variable, 'is needed with EVENTSTORE_URL: no data folder keeps one');
  }
  if (new Set(e.ROLES).size < ROLES.length && !(e.EVENTSTORE_URL && e.MONGODB_URL))
    wrong('ROLES', 'can be split only with EVENTSTORE_URL and MONGODB_URL: embedded stores belong to one process');
  if (e.CLOCK === 'manual' && e.NODE_ENV === 'production')
    wrong('CLOCK', 'may not be manual with NODE_ENV=production: nothing would become due, and no token expire');
  if (e.CLOCK === 'manual' && e.EVENTSTORE_URL !== undefined)
    wrong('CLOCK', 'may not be manual with EVENTSTORE_URL: the processes on it would have different times');
  if (e.INGEST_STREAMS.length > 0 && e.EVENTSTORE_URL === undefined)
    wrong('INGEST_STREAMS', 'needs EVENTSTORE_URL: these are streams of an EventStoreDB');
  for (const stream of e.INGEST_STREAMS)
    if (stream.startsWith(e.STREAM_PREFIX) || e.STREAM_PREFIX.startsWith(stream))
      wrong('INGEST_STREAMS', 'would take in what STREAM_PREFIX names as our own');
});

export type Config = {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; empty until the port is known when none is set. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Empty for the embedded event store. */
  readonly eventStoreUrl: string;
  /** Before the name of every stream in an EventStoreDB. */
  readonly streamPrefix: string;
  /** Beginnings of the names of the platform's own streams that events are taken in from. */
  readonly ingestStreams: readonly string[];
  /** Empty for the embedded read models. */
  readonly mongoUrl: string;
  /** Empty for mails as files in the data folder. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly roles: readonly Role[];
  /** Bytes: with less free where the data is, nothing is published. 0 leaves the disk out. */
  readonly minFreeDisk: number;
  readonly headerPrefix: string;
  /** Seconds to wait before each attempt; its length is the number of attempts of a round. */
  readonly retrySchedule: readonly number[];
  /** Deliveries; what is published for a webhook beyond them is skipped. */
  readonly maxOwedPerWebhook: number;
  /** CIDRs of private networks that webhooks may reach. */
  readonly outboundAllow: readonly string[];
  /** CIDRs of reverse proxies: what these say of the client's address in `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly encryptionKey: string | undefined;
  readonly bootstrap: {
    readonly clientId: string | undefined;
    readonly clientSecret: string | undefined;
    readonly workspace: string;
    readonly adminEmail: string | undefined;
    readonly adminPassword: string | undefined;
  };
  /** `manual` stands still, but for `PUT /testing/clock`. */
  readonly clock: 'system' | 'manual';
  readonly logLevel: string;
};

export const CONFIG = Symbol('Config');

export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';
}

/** Outside production the loopback range is open, so that a receiver on one's own machine can be tried. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** @throws {InvalidConfiguration} naming every bad variable at once, never their values. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = whole.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new InvalidConfiguration(`The environment has ${problems.length} error(s):\n${problems.join('\n')}`);
  }
  const e = parsed.data;
  const production = e.NODE_ENV === 'production';
  return {
    production,
    host: e.HOST,
    port: e.PORT,
    publicUrl: (e.PUBLIC_URL ?? '').replace(/\/+$/, ''),
    dataDir: e.DATA_DIR,
    eventStoreUrl: e.EVENTSTORE_URL ?? '',
    streamPrefix: e.STREAM_PREFIX,
    ingestStreams: e.INGEST_STREAMS,
    mongoUrl: e.MONGODB_URL ?? '',
    smtpUrl: e.SMTP_URL ?? '',
    mailFrom: e.MAIL_FROM,
    roles: [...new Set(e.ROLES)],
    minFreeDisk: e.MIN_FREE_DISK,
    headerPrefix: e.HEADER_PREFIX,
    retrySchedule: e.RETRY_SCHEDULE,
    maxOwedPerWebhook: e.MAX_OWED_PER_WEBHOOK,
    outboundAllow: production ? e.OUTBOUND_ALLOW : [...LOOPBACK, ...e.OUTBOUND_ALLOW],
    trustedProxies: e.TRUSTED_PROXIES,
    encryptionKey: e.ENCRYPTION_KEY,
    bootstrap: {
      clientId: e.BOOTSTRAP_CLIENT_ID,
      clientSecret: e.BOOTSTRAP_CLIENT_SECRET,
      workspace: e.BOOTSTRAP_WORKSPACE,
      adminEmail: e.BOOTSTRAP_ADMIN_EMAIL,
      adminPassword: e.BOOTSTRAP_ADMIN_PASSWORD,
    },
    clock: e.CLOCK,
    logLevel: e.LOG_LEVEL,
  };
}
