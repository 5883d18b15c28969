import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { InvalidConfiguration } from '../../libs/platform/config/index.ts';
import { AccountsBootstrap } from '../../libs/modules/accounts/index.ts';
import { IdentityBootstrap } from '../../libs/modules/identity/index.ts';
import { RegisterWorkspace } from '../../libs/modules/identity/contract.ts';
import { FirstVersion } from '../../libs/modules/version-lifecycle/index.ts';
import { CatalogBootstrap } from '../../libs/modules/webhook-configuration/index.ts';
import type { Parts } from './parts.ts';

/** Credentials made at this start. They are stored as hashes only, so this is the one time they can be shown. */
export type Bootstrapped = {
  readonly client: { readonly id: string; readonly secret: string } | undefined;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
};

/** The workspace of the API guide, so that its requests can be tried as they are. */
export const SAMPLE_WORKSPACE = 'company1Workspace';
const SAMPLE_ADMIN = 'admin@carillon.localhost';

/**
 * What has to be there before anyone can ask for anything: credentials come from the environment, or are made once. The client comes
 * last, so that a first start that was interrupted is seen to be unfinished, and done again.
 */
export async function bootstrap(app: INestApplicationContext, parts: Parts): Promise<Bootstrapped> {
  const { config, ids } = parts;
  const given = config.bootstrap;
  const identity = app.get(IdentityBootstrap);
  const unfinished = !(await identity.hasClients());
  const makes = unfinished && !config.production;
  if (unfinished && config.production && !(given.clientId && given.clientSecret)) {
    throw new InvalidConfiguration(
      'The first start in production needs BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET: nobody could get a token.',
    );
  }
  const rootWorkspaceId = given.workspace;
  const adminGiven = given.adminEmail !== undefined && given.adminPassword !== undefined;
  const adminEmail = given.adminEmail ?? SAMPLE_ADMIN;
  const adminPassword = given.adminPassword ?? ids.token(20);
  await identity.run({ rootWorkspaceId });
  const admin = { email: adminEmail, password: adminPassword, workspaceId: rootWorkspaceId };
  const adminCreated = (adminGiven || makes) && (await app.get(AccountsBootstrap).run(admin));
  await app.get(FirstVersion).run();
  await app.get(CatalogBootstrap).run();
  if (makes) await registerSample(app, parts);
  const clientGiven = given.clientId !== undefined && given.clientSecret !== undefined;
  const clientId = given.clientId ?? ids.token(32);
  const clientSecret = given.clientSecret ?? ids.token(64);
  if (clientGiven || makes) await identity.run({ rootWorkspaceId, clientId, clientSecret });
  return {
    client: makes && !clientGiven ? { id: clientId, secret: clientSecret } : undefined,
    admin: adminCreated && !adminGiven ? { email: adminEmail, password: adminPassword } : undefined,
  };
}

async function registerSample(app: INestApplicationContext, { config, clock, ids }: Parts): Promise<void> {
  const settings = { companyName: 'company1', displayName: 'company1', domain: '', adminEmails: '' };
  const place = { workspaceId: SAMPLE_WORKSPACE, parentWorkspaceId: config.bootstrap.workspace };
  const data = { ...place, ...settings, type: 'channel', notificationLevel: 'all' } as const;
  const metadata = { at: clock.now(), actor: 'system', traceId: ids.uuid().replaceAll('-', '') };
  await app.get(CommandBus).execute(new RegisterWorkspace(data, metadata));
}
