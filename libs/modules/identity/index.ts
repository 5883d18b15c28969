export { IdentityBootstrap, type BootstrapOptions } from './bootstrap.ts';
export { IdentityModule } from './identity.module.ts';
export { answerTokenError } from './request-token/oauth-error.ts';
