import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { hashSecret, matchesHash } from '../../platform/credentials/index.ts';
import { EVENT_STORE, type EventStore } from '../../platform/event-store/index.ts';
import { Refusal, type Clock, type CommandMetadata, type Ids } from '../../platform/kernel/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../platform/runtime/index.ts';
import { ChangeApiClientScopes, IssueApiClient, RotateApiClientSecret } from './api-client/api-client.commands.ts';
import { apiClient, type ApiClient } from './api-client/api-client.decider.ts';
import { ResidentApiClients } from './api-client/resident-api-clients.ts';
import type { ApiClientEvent } from './api-client/api-client.events.ts';
import { SCOPES } from './scopes.ts';
import { SigningKeys } from './signing-key/signing-keys.ts';
import { ResidentWorkspaces } from './workspace/resident-workspaces.ts';
import { RegisterWorkspace } from './workspace/workspace.commands.ts';

export type BootstrapOptions = {
  readonly rootWorkspaceId: string;
  /** A client with every scope on the root workspace. None is made unless both are given. */
  readonly clientId?: string;
  readonly clientSecret?: string;
};

/** What has to be there before anyone can ask for anything. */
@Injectable()
export class IdentityBootstrap {
  constructor(
    private readonly commands: CommandBus,
    private readonly workspaces: ResidentWorkspaces,
    private readonly clients: ResidentApiClients,
    private readonly keys: SigningKeys,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Makes what is missing, and nothing else. To be called once the application is initialised and its projections run. The secret
   * given for a client that exists replaces its own.
   * @throws {Error} when the installation has another root workspace already.
   */
  async run({ rootWorkspaceId, clientId, clientSecret }: BootstrapOptions): Promise<{ clientCreated: boolean }> {
    await this.#ensureRoot(rootWorkspaceId);
    await this.keys.ensureKey();
    const clientCreated =
      clientId && clientSecret ? await this.#ensureClient(clientId, clientSecret, rootWorkspaceId) : false;
    return { clientCreated };
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

  #metadata(): CommandMetadata {
    return { at: this.clock.now(), actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
  }
}
