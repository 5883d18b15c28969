import { Global, Module } from '@nestjs/common';
import { claim, Claims, ClaimValue, streamIdOfClaim } from '../../platform/claims/index.ts';
import { commandHandlers } from '../../platform/event-store/index.ts';
import { AUTHENTICATOR } from '../../platform/http/index.ts';
import { keepsResident, projects, runsSaga } from '../../platform/processing/index.ts';
import {
  ChangeApiClientScopes,
  IssueApiClient,
  RecordClientUse,
  RevokeApiClient,
  RotateApiClientSecret,
} from './api-client/api-client.commands.ts';
import { apiClient } from './api-client/api-client.decider.ts';
import { apiClients } from './api-client/api-clients.projection.ts';
import { ResidentApiClients } from './api-client/resident-api-clients.ts';
import { TokenAuthenticator } from './authenticate/token-authenticator.ts';
import { IdentityBootstrap } from './bootstrap.ts';
import { ChangeWorkspaceController } from './change-workspace/change-workspace.controller.ts';
import { IssueApiClientController } from './issue-api-client/issue-api-client.controller.ts';
import { ListApiClientsController } from './list-api-clients/list-api-clients.controller.ts';
import { ListWorkspacesController } from './list-workspaces/list-workspaces.controller.ts';
import { MoveWorkspaceController } from './move-workspace/move-workspace.controller.ts';
import { IssueLocationHandler } from './open-location/issue-location.handler.ts';
import { openLocations } from './open-location/open-locations.saga.ts';
import { PublishKeysController } from './publish-keys/publish-keys.controller.ts';
import { RegisterWorkspaceController } from './register-workspace/register-workspace.controller.ts';
import { reportIgnoredMoves } from './report-ignored-moves/report-ignored-moves.saga.ts';
import { ClientAuthentication } from './request-token/client-authentication.ts';
import { ClientUses } from './request-token/client-uses.ts';
import { RequestTokenController } from './request-token/request-token.controller.ts';
import { RevokeApiClientController } from './revoke-api-client/revoke-api-client.controller.ts';
import { RotateApiClientSecretController } from './rotate-api-client-secret/rotate-api-client-secret.controller.ts';
import { RotateWorkspaceSecretController } from './rotate-workspace-secret/rotate-workspace-secret.controller.ts';
import { AccessTokens } from './signing-key/access-tokens.ts';
import { MakeSigningKey, RetireSigningKey } from './signing-key/signing-key.commands.ts';
import { signingKey } from './signing-key/signing-key.decider.ts';
import { SigningKeys } from './signing-key/signing-keys.ts';
import { signingKeys } from './signing-key/signing-keys.projection.ts';
import { ViewApiClientController } from './view-api-client/view-api-client.controller.ts';
import { ViewWorkspaceController } from './view-workspace/view-workspace.controller.ts';
import { ViewWorkspaceSecretController } from './view-workspace-secret/view-workspace-secret.controller.ts';
import { LocationSecrets } from './workspace/location-secrets.ts';
import { ResidentWorkspaces } from './workspace/resident-workspaces.ts';
import { WORKSPACE_DIRECTORY } from './workspace/workspace-directory.ts';
import {
  ChangeWorkspaceSettings,
  MoveWorkspace,
  OpenLocation,
  RecordIgnoredMove,
  RegisterWorkspace,
  RotateWorkspaceSecret,
} from './workspace/workspace.commands.ts';
import { workspace } from './workspace/workspace.decider.ts';
import { workspaces } from './workspace/workspaces.projection.ts';

/** Who there is, who may do what, and how far they reach. */
@Global()
@Module({
  controllers: [
    RegisterWorkspaceController,
    ListWorkspacesController,
    ViewWorkspaceController,
    ChangeWorkspaceController,
    MoveWorkspaceController,
    ViewWorkspaceSecretController,
    RotateWorkspaceSecretController,
    IssueApiClientController,
    ListApiClientsController,
    ViewApiClientController,
    RotateApiClientSecretController,
    RevokeApiClientController,
    RequestTokenController,
    PublishKeysController,
  ],
  providers: [
    ...commandHandlers(workspace, (command) => command.data.workspaceId, {
      RegisterWorkspace,
      ChangeWorkspaceSettings,
      MoveWorkspace,
      RecordIgnoredMove,
      OpenLocation,
      RotateWorkspaceSecret,
    }),
    IssueLocationHandler,
    ...commandHandlers(apiClient, (command) => command.data.clientId, {
      IssueApiClient,
      RotateApiClientSecret,
      ChangeApiClientScopes,
      RecordClientUse,
      RevokeApiClient,
    }),
    ...commandHandlers(signingKey, (command) => command.data.keyId, { MakeSigningKey, RetireSigningKey }),
    ...commandHandlers(claim, streamIdOfClaim, { ClaimValue }),
    Claims,
    projects(workspaces),
    projects(apiClients),
    projects(signingKeys),
    keepsResident(workspaces),
    keepsResident(apiClients),
    keepsResident(signingKeys),
    runsSaga(reportIgnoredMoves),
    runsSaga(openLocations),
    ResidentWorkspaces,
    LocationSecrets,
    ResidentApiClients,
    SigningKeys,
    AccessTokens,
    ClientUses,
    ClientAuthentication,
    TokenAuthenticator,
    IdentityBootstrap,
    { provide: AUTHENTICATOR, useExisting: TokenAuthenticator },
    { provide: WORKSPACE_DIRECTORY, useExisting: ResidentWorkspaces },
  ],
  exports: [Claims, AUTHENTICATOR, WORKSPACE_DIRECTORY, IdentityBootstrap],
})
export class IdentityModule {}
