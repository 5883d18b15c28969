import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LOCATION_SIGNATURE } from '../../libs/modules/delivery/contract.ts';
import {
  actionOfTrigger,
  TRIGGER_CATALOG,
  type TriggerCatalog,
} from '../../libs/modules/webhook-configuration/contract.ts';
import type { Config } from '../../libs/platform/config/index.ts';
import { openApiSchema, problemSchema, SESSION_COOKIE } from '../../libs/platform/http/index.ts';

/** In the order a newcomer needs them. */
const tags = [
  ['Tokens', 'Client credentials in, bearer token out'],
  ['Webhooks', 'What a workspace wants to hear of, and where'],
  ['Drafts', 'A webhook as it is to become, before it does'],
  ['Location webhooks', 'The second dialect of the same webhooks: a location each, and one action'],
  ['Webhook versions', 'Releases, the calendars of what they supersede, and who is told'],
  ['Events', 'Publishing platform events'],
  ['Ingestion', "Events of the platform's streams that were not taken in"],
  ['Deliveries', 'What became of them, attempt by attempt'],
  ['Activity', 'Who did what, and when'],
  ['Changes', 'What to read again, as it changes'],
  ['Triggers', 'The catalog: types of events, with schema and example'],
  ['Workspaces', 'The tree of tenants'],
  ['API clients', 'Who may ask for tokens, and for which scopes'],
  ['Session', 'Signing in, with a cookie: what the console does'],
  ['Password links', 'Accepting an invitation, and choosing a new password'],
  ['Users', 'People who sign in: inviting them, and what they may do'],
  ['Console links', 'Letting somebody into the console without a password'],
  ['Operating', 'Health, backlogs, and the mails of an installation without a mail server'],
  ['Alerts', 'What receivers get (the `webhooks` section)'],
] as const;

/** `/openapi.json` and the Swagger UI at `/docs`. The routes are read once; the alerts are those of the catalog at each request. */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Carillon')
    .setDescription(
      'Publish platform events; signed alerts go to the webhooks that listen. Every error is a problem document (RFC 9457), but those of ' +
        'the location dialect, which has an envelope of its own.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addBasicAuth()
    .addCookieAuth(SESSION_COOKIE);
  for (const [name, description] of tags) builder.addTag(name, description);
  if (config.publicUrl) builder.addServer(config.publicUrl);
  const withAlerts = (document: OpenAPIObject): OpenAPIObject => {
    const catalog = app.get<TriggerCatalog>(TRIGGER_CATALOG);
    return { ...document, webhooks: alertsOf(catalog, config.headerPrefix) } as OpenAPIObject;
  };
  const routes = (): OpenAPIObject => {
    const document = SwaggerModule.createDocument(app, builder.build());
    const schemas = { ...document.components?.schemas, Problem: openApiSchema(problemSchema, 'output') };
    return { ...document, components: { ...document.components, schemas } };
  };
  SwaggerModule.setup('docs', app, routes, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Carillon API',
    patchDocumentOnRequest: (_request, _response, document) => withAlerts(document),
  });
}

const header = (description: string, required = true) => ({
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});
/** Of the headers that one dialect has alone. */
const ofDialect = (description: string) => header(description, false);

function alertsOf(catalog: TriggerCatalog, prefix: string): Record<string, unknown> {
  const parameters = [
    { name: `${prefix}-Hook-Id`, ...header('Equal to `id`; the same on every attempt') },
    { name: `${prefix}-Hook-Type`, ...header('Equal to `type`') },
    {
      name: `${prefix}-Signature`,
      ...ofDialect('Workspace dialect: HMAC-SHA256 of the hook id with the secret, lower-case hex'),
    },
    {
      name: LOCATION_SIGNATURE,
      ...ofDialect("Location dialect: HMAC-SHA256 of the body with the location's secret, upper-case hex"),
    },
    { name: 'webhook-id', ...header('Standard Webhooks: the hook id') },
    { name: 'webhook-timestamp', ...header('Standard Webhooks: UNIX second of the attempt') },
    {
      name: 'webhook-signature',
      ...header('Standard Webhooks: `v1,` and the base64 HMAC-SHA256 over id, timestamp and body'),
    },
  ];
  const alerts = catalog.all().map(({ type, label, description, schema, example }) => {
    const operation = {
      tags: ['Alerts'],
      operationId: `alert-${type}`,
      summary: label,
      description: inWords(type, description),
      parameters,
      requestBody: {
        required: true,
        content: { 'application/json': bodies(type, schema, example) },
      },
      responses: { '2XX': { description: 'Received. Anything else is attempted again; 410 disables the webhook' } },
    };
    return [type, { post: operation }];
  });
  return Object.fromEntries(alerts) as Record<string, unknown>;
}

function inWords(type: string, description: string): string {
  const action = actionOfTrigger(type);
  return action
    ? `${description}\n\nThe action ${action.number} (\`${action.name}\`) of the location dialect.`
    : description;
}

/** The dialect of the webhook selects which. Also one of the location dialect can be made to listen to what is no action. */
const bodies = (type: string, data: object, example: unknown) => ({
  schema: { oneOf: [envelope(type, data), records(data)] },
  examples: {
    workspace: { summary: 'Workspace dialect', value: sample(type, example) },
    location: { summary: 'Location dialect', value: [example] },
  },
});

const records = (data: object) => ({
  title: 'Location dialect',
  description: 'The one record of the event',
  type: 'array',
  minItems: 1,
  maxItems: 1,
  items: data,
});

const envelope = (type: string, data: object) => ({
  title: 'Workspace dialect',
  type: 'object',
  required: ['id', 'timestamp', 'workspaceId', 'type', 'data'],
  properties: {
    id: { type: 'string' },
    timestamp: { type: 'string', description: 'UNIX milliseconds' },
    workspaceId: { type: 'string' },
    type: { const: type },
    data,
  },
});

const sample = (type: string, data: unknown) => ({
  id: '12345',
  timestamp: '1627670400000',
  workspaceId: 'workspace123',
  type,
  data,
});
