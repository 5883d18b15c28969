import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../../libs/modules/webhook-configuration/contract.ts';
import type { Config } from '../../libs/platform/config/index.ts';
import { openApiSchema, problemSchema } from '../../libs/platform/http/index.ts';

/** In the order a newcomer needs them. */
const tags = [
  ['Tokens', 'Client credentials in, bearer token out'],
  ['Webhooks', 'What a workspace wants to hear of, and where'],
  ['Drafts', 'A webhook as it is to become, before it does'],
  ['Webhook versions', 'Releases, the calendars of what they supersede, and who is told'],
  ['Events', 'Publishing platform events'],
  ['Ingestion', "Events of the platform's streams that were not taken in"],
  ['Deliveries', 'What became of them, attempt by attempt'],
  ['Activity', 'Who did what, and when'],
  ['Triggers', 'The catalog: types of events, with schema and example'],
  ['Workspaces', 'The tree of tenants'],
  ['API clients', 'Who may ask for tokens, and for which scopes'],
  ['Operating', 'Health'],
  ['Alerts', 'What receivers get (the `webhooks` section)'],
] as const;

/** `/openapi.json` and the Swagger UI at `/docs`. The routes are read once; the alerts are those of the catalog at each request. */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Carillon')
    .setDescription(
      'Publish platform events; signed alerts go to the webhooks that listen. Every error is a problem document (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth();
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

const header = (description: string) => ({ in: 'header', required: true, description, schema: { type: 'string' } });

function alertsOf(catalog: TriggerCatalog, prefix: string): Record<string, unknown> {
  const parameters = [
    { name: `${prefix}-Hook-Id`, ...header('Equal to `id`; the same on every attempt') },
    { name: `${prefix}-Hook-Type`, ...header('Equal to `type`') },
    { name: `${prefix}-Signature`, ...header('HMAC-SHA256 of the hook id with the secret, lower-case hex') },
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
      description,
      parameters,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: envelope(type, schema), example: sample(type, example) } },
      },
      responses: { '2XX': { description: 'Received. Anything else is attempted again; 410 disables the webhook' } },
    };
    return [type, { post: operation }];
  });
  return Object.fromEntries(alerts) as Record<string, unknown>;
}

const envelope = (type: string, data: object) => ({
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
