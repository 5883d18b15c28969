import { resolve } from 'node:path';
import { publishExample } from '../../libs/modules/delivery/contract.ts';
import type { Config } from '../../libs/platform/config/index.ts';
import { SAMPLE_WORKSPACE, type Bootstrapped } from './bootstrap.ts';

const RECEIVER = 'http://127.0.0.1:4400/quickbookwebhook';

/** What is printed at the start: where things are, and, once, the credentials and the guide's requests filled in. */
export function banner(url: string, config: Config, { client, admin }: Bootstrapped): string {
  const isApi = config.roles.includes('api');
  const lines = [
    '',
    'Carillon is running.',
    ...(isApi
      ? [`  Console      ${url}/console`, `  API          ${url}`, `  Swagger UI   ${url}/docs`]
      : [`  Worker       ${url}/health/ready`]),
    ...placesOf(config),
  ];
  if (!config.production) lines.push('  Webhooks may reach this machine (127.0.0.0/8, ::1): this is not production.');
  if (config.clock === 'manual')
    lines.push(`  The clock stands still (CLOCK=manual): PUT ${url}/testing/clock moves it.`);
  if (!client && config.bootstrap.clientId === undefined) {
    lines.push(
      '',
      'Credentials were shown at the first start; BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET set a client of your own.',
    );
  }
  if (admin)
    lines.push(
      '',
      `The first administrator, who signs in at ${url}/console (shown once):`,
      `  e-mail         ${admin.email}`,
      `  password       ${admin.password}`,
    );
  if (client)
    lines.push(
      '',
      'An API client with every scope (shown once):',
      `  client id      ${client.id}`,
      `  client secret  ${client.secret}`,
    );
  if (client && !config.production) lines.push(...guide(url, client));
  return `${lines.join('\n')}\n`;
}

/** Where things are kept. Credentials in a URL stay out of sight. */
function placesOf({ eventStoreUrl, mongoUrl, dataDir }: Config): string[] {
  const hosts = (engine: string) => engine.replace(/^.*\/\/([^/?]*@)?/, '').replace(/[/?].*$/, '');
  const events = eventStoreUrl === '' ? [] : [`  Events       EventStoreDB at ${hosts(eventStoreUrl)}`];
  const documents = mongoUrl === '' ? [] : [`  Documents    MongoDB at ${hosts(mongoUrl)}`];
  // Nothing but the data folder keeps a second one out, and that may be another machine's.
  if (eventStoreUrl !== '' && mongoUrl === '')
    documents.push('  Processes    this one alone: set MONGODB_URL to share the work');
  const folder = events.length === 1 && mongoUrl !== '' ? [] : [`  Data         ${resolve(dataDir)}`];
  return [...events, ...documents, ...folder];
}

function guide(url: string, client: { id: string; secret: string }): string[] {
  const credentials = {
    client_id: client.id,
    client_secret: client.secret,
    audience: '',
    grant_type: 'client_credentials',
  };
  const webhook = {
    name: 'Billing webhooks',
    description: 'Used for updating QuickBooks',
    applyToAllDescendants: true,
    url: RECEIVER,
    secret: 'supersecuresecret',
    headers: { Authorization: 'Bearer YOUR_ACCESS_TOKEN', 'Content-Type': 'application/json' },
    triggers: ['workspace-created'],
    status: 'enabled',
  };
  const post = (path: string, headers: string[], body: object) =>
    [`curl -s -X POST ${url}${path}`, ...headers.map((h) => `  -H ${h}`), `  -d '${JSON.stringify(body)}'`].join(
      ' \\\n',
    );
  const json = "'Content-Type: application/json'";
  const bearer = '"Authorization: Bearer $TOKEN"';
  return [
    '',
    'Try it: run `npm run receiver` in another terminal, then paste these one after the other.',
    '',
    '# 1. Request a token',
    `TOKEN=$(${post('/oauth/token', [json], credentials)} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    '',
    '# 2. Create the webhook: a test alert arrives at the receiver',
    post('/settings/webhooks', [bearer, json, `'Workspace: ${SAMPLE_WORKSPACE}'`], webhook),
    '',
    '# 3. Publish a platform event: its alert arrives at the receiver',
    post('/events', [bearer, json], publishExample),
  ];
}
