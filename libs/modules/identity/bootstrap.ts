import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Claims } from '../../platform/claims/index.ts';
import { EVENT_STORE, type EventStore, type Executed } from '../../platform/event-store/index.ts';
import {
  conflict,
  derivedId,
  Refusal,
  type Clock,
  type CommandMetadata,
  type Ids,
} from '../../platform/kernel/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../platform/runtime/index.ts';
import { ChangeApiClientScopes, IssueApiClient, RotateApiClientSecret } from './api-client/api-client.commands.ts';
import { apiClient, type ApiClient } from './api-client/api-client.decider.ts';
import { ResidentApiClients } from './api-client/resident-api-clients.ts';
import type { ApiClientEvent } from './api-client/api-client.events.ts';
import { hashSecret, matchesHash } from './credentials/scrypt-hash.ts';
import { SCOPES } from './scopes.ts';
import { SigningKeys } from './signing-key/signing-keys.ts';
import { RegisterUser } from './user/user.commands.ts';
import { canonicalEmail, type User } from './user/user.decider.ts';
import type { UserEvent } from './user/user.events.ts';
import { ResidentWorkspaces } from './workspace/resident-workspaces.ts';
import { RegisterWorkspace } from './workspace/workspace.commands.ts';

export type BootstrapOptions = {
  readonly rootWorkspaceId: string;
  /** A client with every scope on the root workspace. None is made unless both are given. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly adminEmail?: string;
  readonly adminPassword?: string;
};

/** What has to be there before anyone can ask for anything. */
@Injectable()
export class IdentityBootstrap {
  constructor(
    private readonly commands: CommandBus,
    private readonly workspaces: ResidentWorkspaces,
    private readonly clients: ResidentApiClients,
    private readonly keys: SigningKeys,
    private readonly claims: Claims,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Makes what is missing, and nothing else. To be called once the application is initialised and its projections run. The secret
   * given for a client that exists replaces its own; an administrator who exists keeps their password.
   * @throws {Error} when the installation has another root workspace already.
   */
  async run(options: BootstrapOptions): Promise<{ clientCreated: boolean; adminCreated: boolean }> {
    const { rootWorkspaceId, clientId, clientSecret, adminEmail, adminPassword } = options;
    await this.#ensureRoot(rootWorkspaceId);
    await this.keys.ensureKey();
    const clientCreated =
      clientId && clientSecret ? await this.#ensureClient(clientId, clientSecret, rootWorkspaceId) : false;
    const adminCreated =
      adminEmail && adminPassword ? await this.#ensureAdmin(adminEmail, adminPassword, rootWorkspaceId) : false;
    return { clientCreated, adminCreated };
  }

  /** Whether anyone can ask for a token; revoked clients count, too. */
  async hasClients(): Promise<boolean> {
    this.workspaces.requireRunning();
    await this.clients.caughtUp();
    return this.clients.any();
  }

  async #ensureRoot(workspaceId: string): Promise<void> {
    this.workspaces.requireRunning();
    await this.workspaces.caughtUp();
    const root = this.workspaces.root();
    if (root !== undefined && root !== workspaceId) {
      throw new Error(
        `The root workspace of this installation is ${root}; BOOTSTRAP_WORKSPACE cannot be ${workspaceId}.`,
      );
    }
    const settings = { companyName: 'Carillon', displayName: '', domain: '', adminEmails: '' };
    await this.commands.execute(
      new RegisterWorkspace(
        { workspaceId, parentWorkspaceId: null, type: 'channel', ...settings, notificationLevel: 'all' },
        this.#metadata(),
      ),
    );
    await this.workspaces.caughtUp();
  }

  async #ensureClient(clientId: string, secret: string, workspaceId: string): Promise<boolean> {
    const history = (await this.store.readStream(`${apiClient.category}-${clientId}`)) as unknown as ApiClientEvent[];
    const client = history.reduce<ApiClient>(apiClient.evolve, apiClient.initialState());
    const hash = () => hashSecret(secret, this.ids.token(22));
    const scopes = [...SCOPES];
    if (!client) {
      const secretHash = await hash();
      const name = 'Bootstrap client';
      try {
        await this.commands.execute(
          new IssueApiClient({ clientId, workspaceId, name, scopes, secretHash }, this.#metadata()),
        );
        return true;
      } catch (error) {
        // Another process that starts at the same time was faster: its client is looked at like any that is there.
        if (!(error instanceof Refusal && error.kind === 'conflict')) throw error;
        return this.#ensureClient(clientId, secret, workspaceId);
      }
    }
    if (client.status === 'revoked') {
      this.logger.warn({ clientId }, 'the bootstrap client was revoked; it stays so');
      return false;
    }
    if (!(await matchesHash(secret, client.secretHash))) {
      await this.commands.execute(new RotateApiClientSecret({ clientId, secretHash: await hash() }, this.#metadata()));
    }
    await this.commands.execute(new ChangeApiClientScopes({ clientId, scopes }, this.#metadata()));
    return false;
  }

  /** The user's id follows from the address, so that what a crash interrupted is completed by the next start. */
  async #ensureAdmin(email: string, password: string, workspaceId: string): Promise<boolean> {
    const value = canonicalEmail(email);
    const userId = derivedId('user', value);
    if (!(await this.claims.take('userEmail', value, userId, this.#metadata())))
      throw conflict('This e-mail address belongs to another user.');
    const passwordHash = await hashSecret(password, this.ids.token(22));
    const { events } = await this.commands.execute<RegisterUser, Executed<User, UserEvent>>(
      new RegisterUser({ userId, email, passwordHash, roles: ['operator'], workspaceId }, this.#metadata()),
    );
    return events.length > 0;
  }

  #metadata(): CommandMetadata {
    return { at: this.clock.now(), actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
  }
}
