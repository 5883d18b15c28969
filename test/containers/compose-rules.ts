import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  carillons,
  changing,
  failing,
  isCarillon,
  service,
  servicesOf,
  setting,
  type ComposeFile,
} from './compose-file.ts';
import { read, root, type Rule } from './rule.ts';
import { SECRETS, SETTINGS } from './settings.ts';

/** Where the images keep what must outlive them. */
const DATA: Record<string, string> = { eventstore: '/var/lib/eventstore', mongodb: '/data/db' };

/** Names of images that stand in the sources of specs. */
const STARTED = readdirSync(join(root, 'libs/platform'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => read(`libs/platform/${path}`).match(/(?<=')[a-z]+(\/[a-z]+)?:v?\d[\w.-]*(?=')/g) ?? []);

const isInternal = (file: ComposeFile, network: string) => file.networks[network]?.internal === true;
const differ = (values: unknown[]) => new Set(values.map((value) => JSON.stringify(value))).size > 1;

const keepingWatch: Rule<ComposeFile>[] = [
  {
    says: 'every service has a health check, its own or that of our image',
    problems: (file) => failing(file, (one) => one.healthcheck !== undefined || isCarillon(one)),
    breach: changing('mongodb', { healthcheck: undefined }),
  },
  {
    says: 'every service is started again when it has ended',
    problems: (file) => failing(file, ({ restart }) => restart === 'unless-stopped'),
    breach: changing('mailpit', { restart: undefined }),
  },
  {
    says: 'what a service depends on is a service, and is waited for until it is healthy',
    problems: (file) =>
      servicesOf(file).flatMap(([name, { depends_on = {} }]) =>
        Object.entries(depends_on)
          .filter(([other, { condition }]) => !(other in file.services) || condition !== 'service_healthy')
          .map(([other]) => `${name} on ${other}`),
      ),
    breach: changing('worker', { depends_on: { mongo: { condition: 'service_healthy' } } }),
  },
  {
    says: 'Carillon has more time to stop than the 25 s that requests and attempts may take',
    problems: (file) =>
      carillons(file)
        .filter(([, { stop_grace_period = '10s' }]) => Number.parseInt(stop_grace_period, 10) <= 25)
        .map(([name]) => name),
    breach: changing('worker', { stop_grace_period: undefined }),
  },
];

const closed: Rule<ComposeFile>[] = [
  {
    says: 'ports are published on loopback only',
    problems: (file) => failing(file, ({ ports = [] }) => ports.every((port) => /^127\.0\.0\.1:\d+:\d+$/.test(port))),
    breach: changing('api', { ports: ['3000:3000'] }),
  },
  {
    says: 'stores without a password are on internal networks alone',
    problems: (file) =>
      failing(
        file,
        ({ networks = ['default'] }, name) => !(name in DATA) || networks.every((n) => isInternal(file, n)),
      ),
    breach: changing('eventstore', { networks: ['engines', 'outside'] }),
  },
  {
    says: 'what is published, or reaches receivers, is on a network with a way out',
    problems: (file) =>
      failing(
        file,
        ({ networks = ['default'], ...one }) =>
          (one.ports === undefined && !isCarillon(one)) || networks.some((network) => !isInternal(file, network)),
      ),
    breach: changing('worker', { networks: ['engines'] }),
  },
  {
    says: 'Carillon can write to memory alone and has no capability',
    problems: (file) =>
      carillons(file)
        .filter(([, one]) => !(one.read_only && one.cap_drop?.includes('ALL') && one.volumes === undefined))
        .map(([name]) => name),
    breach: changing('api', { read_only: false }),
  },
  {
    says: 'secrets come from outside and have no default',
    problems: (file) =>
      carillons(file).flatMap(([name, { environment = {} }]) =>
        SECRETS.filter((secret) => !environment[secret]?.startsWith(`\${${secret}:?`)).map((one) => `${name}: ${one}`),
      ),
    breach: setting('api', { ENCRYPTION_KEY: '${ENCRYPTION_KEY:-0000}' }),
  },
  {
    says: 'no service reports to its makers',
    problems: ({ services: { eventstore, mailpit } }) => [
      ...(eventstore?.environment?.['EVENTSTORE_TELEMETRY_OPTOUT'] === 'true' ? [] : ['eventstore']),
      ...(mailpit?.environment?.['MP_DISABLE_VERSION_CHECK'] === 'true' ? [] : ['mailpit']),
    ],
    breach: setting('eventstore', { EVENTSTORE_TELEMETRY_OPTOUT: 'false' }),
  },
];

const kept: Rule<ComposeFile>[] = [
  {
    says: 'images are pinned to a version with all its numbers',
    problems: (file) => failing(file, (one) => isCarillon(one) || /:v?\d+\.\d+\.\d+$/.test(one.image ?? '')),
    breach: changing('mongodb', { image: 'mongo:latest' }),
  },
  {
    says: 'the images are those that specs start where an engine answers',
    problems: (file) => {
      const images = servicesOf(file).map(([, { image = '' }]) => image);
      const started = STARTED.filter((one) => images.some((image) => image.split(':')[0] === one.split(':')[0]));
      return started.length === 0 ? ['none is found'] : started.filter((one) => !images.includes(one));
    },
    breach: changing('eventstore', { image: 'eventstore/eventstore:23.10.0' }),
  },
  {
    says: 'stores keep their data in named volumes',
    problems: (file) =>
      Object.entries(DATA).flatMap(([name, path]) => {
        const [volume = ''] =
          service(file, name)
            .volumes?.find((one) => one.endsWith(`:${path}`))
            ?.split(':') ?? [];
        return volume in file.volumes ? [] : [name];
      }),
    breach: changing('mongodb', { volumes: ['./mongodb:/data/db'] }),
  },
  {
    says: 'each volume is declared, and used by one service',
    problems: (file) => {
      const used = servicesOf(file).flatMap(([, { volumes = [] }]) => volumes.map((one) => one.split(':')[0] ?? ''));
      return [...new Set([...used, ...Object.keys(file.volumes)])].filter(
        (name) => !(name in file.volumes) || used.filter((one) => one === name).length !== 1,
      );
    },
    breach: changing('eventstore', { volumes: ['mongodb-data:/var/lib/eventstore'] }),
  },
];

const alike: Rule<ComposeFile>[] = [
  {
    says: 'all of Carillon has the same settings, but for the roles',
    problems: (file) => {
      const all = carillons(file).map(([, { environment: { ROLES, ...rest } = {} }]) => ({ ROLES, rest }));
      return [
        ...(differ(all.map(({ rest }) => rest)) ? ['settings differ'] : []),
        ...(differ(all.map(({ ROLES }) => ROLES)) ? [] : ['roles do not']),
      ];
    },
    breach: setting('worker', { MONGODB_URL: 'mongodb://another:27017/carillon' }),
  },
  {
    says: 'its image is built by one service, and pulled by none',
    problems: (file) => {
      const builders = carillons(file).filter(([, { build, pull_policy }]) => build === '.' && pull_policy === 'build');
      const others = carillons(file).filter(([, { build, pull_policy }]) => !build && pull_policy === 'never');
      return builders.length === 1 && 1 + others.length === carillons(file).length ? [] : ['it is not'];
    },
    breach: changing('worker', { build: '.' }),
  },
  {
    says: 'there are an API that is published and two workers that are not',
    problems: ({ services: { api, worker } }) => [
      ...(api?.environment?.['ROLES'] === 'api' && api.ports?.length === 1 ? [] : ['api']),
      ...(worker?.environment?.['ROLES'] === 'worker' && !worker.ports && worker.deploy?.replicas === 2
        ? []
        : ['worker']),
    ],
    breach: changing('worker', { deploy: { replicas: 1 } }),
  },
  {
    says: 'every variable of Carillon is one that it reads',
    problems: (file) =>
      carillons(file).flatMap(([, { environment = {} }]) =>
        Object.keys(environment).filter((one) => !SETTINGS.has(one)),
      ),
    breach: setting('api', { EVENT_STORE_URL: 'esdb://eventstore:2113' }),
  },
  {
    says: 'every host that Carillon is told of is a service on a network they share',
    problems: (file) =>
      carillons(file).flatMap(([name, { environment = {}, networks = [] }]) =>
        ['EVENTSTORE_URL', 'MONGODB_URL', 'SMTP_URL'].filter((variable) => {
          const host = /^\w+:\/\/([\w-]+):\d+/.exec(environment[variable] ?? '')?.[1] ?? '';
          const shared = file.services[host]?.networks?.some((network) => networks.includes(network));
          return !(shared && file.services[name]?.depends_on?.[host]);
        }),
      ),
    breach: setting('worker', { SMTP_URL: 'smtp://mail:1025' }),
  },
];

export const composeRules = [...keepingWatch, ...closed, ...kept, ...alike];
