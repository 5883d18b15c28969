/**
 * The boundaries of the code base. A rule that needs several conditions has several entries of one name. Every entry is shown to
 * fire by test/architecture/fixtures/<name>/, and to be about files that exist by test/architecture/boundaries.spec.ts.
 */
const { builtinModules } = require('node:module');

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const core = `^(node:)?(${builtinModules.map((name) => escape(name.replace(/^node:/, ''))).join('|')})$`;
/** Installed, or only imported: an import that resolves to nothing keeps its bare name. */
const packages = (...names) => `(^|(^|/)node_modules/)(${names.map(escape).join('|')})(/|$)`;

const pure = '\\.(decider|events|commands|saga|projection)\\.ts$';
const spec = '\\.spec\\.ts$';
const contractSuite = '^libs/platform/[^/]+/contract\\.ts$';
const testing = '/testing/';

const rule = (name, comment, ...entries) => entries.map((entry) => ({ name, severity: 'error', comment, ...entry }));

/** Where the client of an engine, or of the network, or an interpreter may be imported. */
const drivers = [
  { driver: '^node:sqlite$', home: '^libs/platform/(event-store|read-model)/embedded/' },
  { driver: packages('@eventstore/db-client'), home: '^libs/platform/(event-store|platform-streams)/eventstoredb/' },
  { driver: packages('mongodb'), home: '^libs/platform/(read-model|leases)/mongodb/' },
  { driver: packages('nodemailer'), home: '^libs/platform/mail/' },
  { driver: packages('jsonata'), home: '^libs/modules/version-lifecycle/downgrade/' },
  { driver: packages('undici'), home: '^libs/platform/outbound-http/' },
  { driver: packages('postal-mime'), home: '^(libs/platform/mail|test/console)/' },
  { driver: packages('playwright-core', 'axe-core'), home: '^test/console/' },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rule('no-circular', 'Files that need each other are one file, or hide a third one that both should import.', {
      from: {},
      to: { circular: true },
    }),
    ...rule(
      'module-by-contract-only',
      'A module knows another one by its contract.ts. Export what you need there, or ask whether it belongs to this module.',
      {
        from: { path: '^libs/modules/([^/]+)/' },
        to: { path: '^libs/modules/[^/]+/', pathNot: ['^libs/modules/$1/', '^libs/modules/[^/]+/contract\\.ts$'] },
      },
    ),
    ...rule(
      'app-by-index-only',
      'An app composes modules: import index.ts or contract.ts, and export there what is missing.',
      {
        from: { path: '^apps/' },
        to: { path: '^libs/modules/[^/]+/', pathNot: '^libs/modules/[^/]+/(index|contract)\\.ts$' },
      },
    ),
    ...rule(
      'console-stands-alone',
      'The console is a client like any other: it knows the REST API by the types made of openapi.json, and nobody imports it.',
      { from: { path: '^apps/console/' }, to: { path: '^(libs|test|apps/(?!console/))' } },
      { from: { path: '^(libs|test|apps/(?!console/))' }, to: { path: '^apps/console/' } },
    ),
    ...rule('page-by-index-only', 'A page of the console knows another one by its index.tsx.', {
      from: { path: '^apps/console/src/pages/([^/]+)/' },
      to: { path: '^apps/console/src/pages/[^/]+/', pathNot: ['^apps/console/src/pages/$1/', '/index\\.tsx$'] },
    }),
    ...rule(
      'decider-is-pure',
      'Deciders, events, commands, sagas and projections compute. Take time, ids and randomness from the metadata of the command, and move I/O to a handler.',
      {
        from: { path: '^libs/modules/([^/]+)/.*' + pure },
        to: {
          pathNot: [
            '^libs/platform/kernel/',
            '^libs/modules/$1/',
            '^libs/modules/[^/]+/contract\\.ts$',
            packages('zod'),
          ],
        },
      },
      {
        from: { path: pure },
        to: { path: [core, '^libs/platform/(?!kernel/)', '(^|/)node_modules/(?!zod/)'], reachable: true },
      },
    ),
    ...rule(
      'platform-knows-no-module',
      'The platform serves any module. Turn the dependency round with a port or a provider.',
      {
        from: { path: '^libs/platform/' },
        to: { path: '^(apps|libs/modules)/' },
      },
    ),
    ...rule(
      'kernel-has-no-framework',
      'The kernel is what every pure file may import: zod, and node:crypto in ids.ts. Put the rest elsewhere in libs/platform.',
      {
        from: { path: '^libs/platform/kernel/', pathNot: [testing, spec] },
        to: { pathNot: ['^libs/platform/kernel/', packages('zod')] },
      },
      {
        from: { path: '^libs/platform/kernel/(testing/.*|.*\\.spec)\\.ts$' },
        to: { pathNot: ['^libs/platform/kernel/', packages('zod', '@jest/globals', 'fast-check')] },
      },
    ),
    ...rule('adapters-do-not-meet', 'Adapters of a port share the port alone. Move what both need beside port.ts.', {
      from: { path: '^libs/platform/([^/]+)/([^/]+)/' },
      to: { path: '^libs/platform/$1/[^/]+/', pathNot: ['^libs/platform/$1/$2/', testing] },
    }),
    ...rule(
      'driver-only-in-its-adapter',
      "An engine or the network is reached through its port, and operators' expressions through the downgrader. Use these, or extend them.",
      ...drivers.map(({ driver, home }) => ({
        from: { path: '^(apps|libs|test)/', pathNot: home },
        to: { path: driver },
      })),
    ),
    ...rule(
      'axios-only-in-demo-and-specs',
      'Webhooks go out through libs/platform/outbound-http, which guards addresses.',
      {
        from: { path: '^(apps|libs)/', pathNot: ['^apps/demo/', spec, testing] },
        to: { path: packages('axios') },
      },
    ),
    ...rule(
      'test-code-only-in-specs',
      'The build leaves specs, contract suites and testing/ out: move what production needs.',
      {
        from: { path: '^(apps|libs)/', pathNot: [spec, contractSuite, testing] },
        to: {
          path: [
            spec,
            contractSuite,
            testing,
            packages('@jest/globals', 'fast-check', 'smtp-server', 'testcontainers'),
          ],
        },
      },
    ),
    ...rule('deciders-are-specified', 'No spec reaches this file: write the rules down in <name>.spec.ts beside it.', {
      from: { path: spec },
      to: { path: '\\.(decider|saga|projection)\\.ts$', reachable: false },
    }),
  ],
  options: {
    // ids.ts ends the search: through it every pure file would reach node:crypto. boundaries.spec.ts looks at what it imports.
    doNotFollow: { path: ['node_modules', '^libs/platform/kernel/ids\\.ts$'] },
    exclude: { path: ['^test/architecture/fixtures/', '^dist/'] },
    tsPreCompilationDeps: true,
  },
};
