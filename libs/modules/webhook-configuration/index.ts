export { CatalogBootstrap } from './trigger/catalog-bootstrap.ts';
export { WebhookConfigurationModule } from './webhook-configuration.module.ts';
