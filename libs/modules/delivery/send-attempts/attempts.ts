import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { headerContext, secretContext } from '../../webhook-configuration/contract.ts';
import { RecordAttempt } from '../delivery/delivery.commands.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isReleased } from '../delivery/delivery-status.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { alertHeaders, signingKeysOf, type SigningKeys } from '../render-alert/sign-alert.ts';
import { AlertBodies } from './alert-bodies.ts';
import { outcomeOf } from './attempt-outcome.ts';
import { OUTBOUND, type Outbound } from './ports.ts';

type Opened = { readonly keys: SigningKeys; readonly headers: Readonly<Record<string, string>> };

/** One attempt: render, sign, post, and the command that records how it went. Records nothing itself. */
@Injectable()
export class Attempts {
  /** A lane that changes is another object. */
  readonly #opened = new WeakMap<Lane, Opened>();

  constructor(
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly bodies: AlertBodies,
  ) {}

  /**
   * The delivery and the lane are as they are at the attempt: a URL or secret changed since the event counts.
   * @throws {Error} when it may no longer begin once its body is there.
   */
  async perform(delivery: DeliveryDocument, lane: Lane, mayBegin: () => boolean): Promise<RecordAttempt> {
    const { deliveryId, webhookId, workspaceId, kind, traceId } = delivery;
    const body = await this.bodies.of(delivery);
    if (!mayBegin()) throw new Error('Reading what to send took so long that another process may serve the webhook.');
    const startedAt = this.clock.now();
    const answer = await this.outbound.post({ url: lane.url, headers: this.#headers(delivery, lane, body), body });
    const endedAt = this.clock.now();
    const outcome = outcomeOf(answer, Date.now());
    const released = kind === 'event' && isReleased(delivery, lane);
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
        round: delivery.state.round + (released ? 1 : 0),
        epoch: released ? lane.epoch : delivery.epoch,
        startedAt,
        endedAt,
        url: lane.url,
        outcome,
        schedule: kind === 'test' ? [0] : [...(lane.delivery.schedule ?? this.config.retrySchedule)],
        random: this.ids.random(),
      },
      { at: endedAt, actor: 'system', traceId },
    );
  }

  #headers({ eventId, type }: DeliveryDocument, lane: Lane, body: string): Record<string, string> {
    let opened = this.#opened.get(lane);
    if (!opened) this.#opened.set(lane, (opened = this.#open(lane)));
    // The machine's clock, not the port's: receivers compare this second with their own.
    const unixSecond = Math.floor(Date.now() / 1_000);
    const signing = { hookId: eventId, hookType: type, body, keys: opened.keys, unixSecond };
    return alertHeaders(signing, this.config.headerPrefix, opened.headers);
  }

  #open({ webhookId, secret, headers }: Lane): Opened {
    const opened = Object.entries(headers).map(([name, sealed]) => [
      name,
      this.sealing.open(sealed, headerContext(webhookId, name)),
    ]);
    return {
      keys: signingKeysOf(this.sealing.open(secret, secretContext(webhookId))),
      headers: Object.fromEntries(opened) as Record<string, string>,
    };
  }
}
