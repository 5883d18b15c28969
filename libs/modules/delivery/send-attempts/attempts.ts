import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { CannotDowngrade } from '../../version-lifecycle/contract.ts';
import { RecordAttempt, RecordRenderingFailure, type RecordOutcome } from '../delivery/delivery.commands.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isReleased } from '../delivery/delivery-status.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { AlertBodies } from './alert-bodies.ts';
import { outcomeOf } from './attempt-outcome.ts';
import { OpenedSecrets } from './opened-secrets.ts';
import { OUTBOUND, type Outbound } from './ports.ts';
import { preparedAlert, type PreparedAlert } from './prepared-alert.ts';

/** An error may quote what it could make nothing of. */
const MOST_ERROR_CHARACTERS = 1_000;

/** One attempt: render, sign, post, and the command that records how it went. Records nothing itself. */
@Injectable()
export class Attempts {
  constructor(
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly bodies: AlertBodies,
    private readonly secrets: OpenedSecrets,
  ) {}

  /**
   * The delivery and the lane are as they are at the attempt: a URL or secret changed since the event counts. What cannot be rendered
   * is not attempted.
   * @throws {Error} when it may no longer begin once its body is there, or nothing is known to sign it with.
   */
  async perform(delivery: DeliveryDocument, lane: Lane, mayBegin: () => boolean): Promise<RecordOutcome> {
    const { deliveryId, webhookId, workspaceId, kind, traceId } = delivery;
    const { bodies, secrets, clock, config } = this;
    let alert: PreparedAlert;
    try {
      alert = await preparedAlert(delivery, lane, { bodies, secrets, clock, config });
    } catch (error) {
      if (error instanceof CannotDowngrade) return this.#unrendered(delivery, lane, error);
      throw error;
    }
    if (!mayBegin()) throw new Error('Reading what to send took so long that another process may serve the webhook.');
    const startedAt = this.clock.now();
    // The machine's clock, not the port's: receivers compare this second with their own.
    const headers = alert.headersAt(startedAt, Math.floor(Date.now() / 1_000));
    const answer = await this.outbound.post({ url: alert.url, headers, body: alert.body });
    const endedAt = this.clock.now();
    const outcome = outcomeOf(answer, Date.now());
    const attempt = delivery.state.attempts + 1;
    this.logger.info(
      {
        traceId,
        deliveryId,
        webhookId,
        workspaceId,
        hookId: delivery.eventId,
        type: delivery.type,
        kind,
        attempt,
        ok: outcome.ok,
        statusCode: outcome.statusCode,
        ...(outcome.ok ? {} : { errorClass: outcome.errorClass }),
        address: answer.address,
        durationMs: Math.round(answer.durationMs),
      },
      'delivery attempted',
    );
    return new RecordAttempt(
      {
        deliveryId,
        webhookId,
        workspaceId,
        kind,
        attempt,
        ...roundOf(delivery, lane),
        startedAt,
        endedAt,
        url: alert.url,
        outcome,
        schedule: kind === 'test' ? [0] : [...(lane.delivery.schedule ?? this.config.retrySchedule)],
        random: this.ids.random(),
      },
      { at: endedAt, actor: 'system', traceId },
    );
  }

  #unrendered(delivery: DeliveryDocument, lane: Lane, { fault, version: releasedIn, message }: CannotDowngrade) {
    const { deliveryId, webhookId, workspaceId, type, version, traceId } = delivery;
    const error = message.slice(0, MOST_ERROR_CHARACTERS);
    this.logger.error(
      { traceId, deliveryId, webhookId, type, version, releasedIn, fault, error },
      'alert not rendered',
    );
    const failed = { deliveryId, webhookId, workspaceId, ...roundOf(delivery, lane), type, version, releasedIn, fault };
    return new RecordRenderingFailure({ ...failed, error }, { at: this.clock.now(), actor: 'system', traceId });
  }
}

/** A delivery that was let go of with all its lane held begins a round. */
function roundOf(delivery: DeliveryDocument, lane: Lane): { round: number; epoch: number } {
  const { round } = delivery.state;
  if (delivery.kind === 'event' && isReleased(delivery, lane)) return { round: round + 1, epoch: lane.epoch };
  return { round, epoch: delivery.epoch };
}
