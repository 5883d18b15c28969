import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RecentlyUsed, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK, currentContext, LOGGER, runInContext, type Logger } from '../../../platform/runtime/index.ts';
import { RecordClientUse } from '../api-client/api-client.commands.ts';
import { dayOf } from '../api-client/api-client.decider.ts';
import type { ApiClientDocument } from '../api-client/api-clients.projection.ts';

const CLIENTS_KEPT = 10_000;

/** Records on which days clients are used. Nobody waits for it, and a request does not fail because of it. */
@Injectable()
export class ClientUses {
  /** The days this process has asked to be recorded: until the documents have them, and while it is tried. */
  readonly #asked = new RecentlyUsed<string, string>(CLIENTS_KEPT);

  constructor(
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  record({ clientId, lastUsedAt }: ApiClientDocument): void {
    const at = this.clock.now();
    const day = dayOf(at);
    if ((lastUsedAt !== null && dayOf(lastUsedAt) >= day) || this.#asked.get(clientId) === day) return;
    this.#asked.set(clientId, day);
    const traceId = currentContext()?.traceId ?? '';
    const metadata = { at, actor: `client:${clientId}`, traceId };
    // In a context of its own: the answer to the request does not wait until the documents have this.
    void runInContext(traceId, () => this.commands.execute(new RecordClientUse({ clientId }, metadata))).catch(
      (error: unknown) => {
        this.#asked.delete(clientId);
        this.logger.warn({ err: error, clientId }, 'the use of a client was not recorded');
      },
    );
  }
}
