import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { apiClients, type ApiClientDocument } from './api-clients.projection.ts';

/** The clients as they are now, from memory. */
@Injectable()
export class ResidentApiClients {
  constructor(
    @InjectResident(apiClients)
    private readonly documents: Pick<ResidentDocuments<ApiClientDocument>, 'get' | 'size' | 'caughtUp'>,
  ) {}

  any(): boolean {
    return this.documents.size > 0;
  }

  async caughtUp(): Promise<void> {
    await this.documents.caughtUp();
  }

  /** A client that may be given tokens, and whose tokens count. */
  active(clientId: string): ApiClientDocument | undefined {
    const client = this.documents.get(clientId);
    return client?.status === 'active' ? client : undefined;
  }

  /** @throws {Refusal} `not-found` if there is no such client, or its workspace is out of the caller's reach. */
  within(caller: Principal, clientId: string): ApiClientDocument {
    const client = this.documents.get(clientId);
    if (!client || !caller.reaches(client.workspaceId)) throw notFound('The client');
    return client;
  }
}
