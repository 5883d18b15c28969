import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { InvalidConfiguration } from '../../libs/platform/config/index.ts';
import { IdentityBootstrap } from '../../libs/modules/identity/index.ts';
import { RegisterWorkspace } from '../../libs/modules/identity/contract.ts';
import { CatalogBootstrap } from '../../libs/modules/webhook-configuration/index.ts';
import { START } from '../../libs/platform/kernel/index.ts';
import type { Parts } from './parts.ts';

/** Credentials made at this start. They are stored as hashes only, so this is the one time they can be shown. */
export type Bootstrapped = {
  readonly firstStart: boolean;
  readonly client: { readonly id: string; readonly secret: string } | undefined;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
};

/** The workspace of the API guide, so that its requests can be tried as they are. */
export const SAMPLE_WORKSPACE = 'company1Workspace';
const SAMPLE_ADMIN = 'admin@carillon.localhost';

/** What has to be there before anyone can ask for anything: credentials come from the environment, or are made once. */
export async function bootstrap(app: INestApplicationContext, parts: Parts): Promise<Bootstrapped> {
  const { config, eventStore, ids, clock } = parts;
  const given = config.bootstrap;
  const firstStart = (await eventStore.head()) === START;
  const makes = firstStart && !config.production;
  if (firstStart && config.production && !(given.clientId && given.clientSecret)) {
    throw new InvalidConfiguration(
      'The first start in production needs BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET: nobody could get a token.',
    );
  }
  const client = given.clientId && given.clientSecret ? { id: given.clientId, secret: given.clientSecret } : undefined;
  const madeClient = makes && !client ? { id: ids.token(32), secret: ids.token(64) } : undefined;
  const admin =
    given.adminEmail && given.adminPassword ? { email: given.adminEmail, password: given.adminPassword } : undefined;
  const madeAdmin = makes && !admin ? { email: SAMPLE_ADMIN, password: ids.token(20) } : undefined;
  const [theClient, theAdmin] = [client ?? madeClient, admin ?? madeAdmin];
  await app.get(IdentityBootstrap).run({
    rootWorkspaceId: given.workspace,
    ...(theClient ? { clientId: theClient.id, clientSecret: theClient.secret } : {}),
    ...(theAdmin ? { adminEmail: theAdmin.email, adminPassword: theAdmin.password } : {}),
  });
  await app.get(CatalogBootstrap).run();
  if (makes) {
    const settings = { companyName: 'company1', displayName: 'company1', domain: '', adminEmails: '' };
    const place = { workspaceId: SAMPLE_WORKSPACE, parentWorkspaceId: given.workspace };
    const data = { ...place, ...settings, type: 'channel', notificationLevel: 'all' } as const;
    const metadata = { at: clock.now(), actor: 'system', traceId: ids.uuid().replaceAll('-', '') };
    await app.get(CommandBus).execute(new RegisterWorkspace(data, metadata));
  }
  return { firstStart, client: madeClient, admin: madeAdmin };
}
