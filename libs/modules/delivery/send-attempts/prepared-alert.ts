import type { Config } from '../../../platform/config/index.ts';
import type { Clock, Instant } from '../../../platform/kernel/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { inDialect } from '../render-alert/render-alert.ts';
import { alertHeaders, signersAt } from '../render-alert/sign-alert.ts';
import type { AlertBodies } from './alert-bodies.ts';
import type { OpenedSecrets } from './opened-secrets.ts';

export type PreparedAlert = {
  readonly url: string;
  readonly body: string;
  /** Names of the headers that the webhook, or the draft that is tested, is configured with. */
  readonly configured: readonly string[];
  /** In the order they are sent, signed as of this instant. */
  readonly headersAt: (now: Instant, unixSecond: number) => Readonly<Record<string, string>>;
};

export type AlertParts = {
  readonly bodies: Pick<AlertBodies, 'of'>;
  readonly secrets: Pick<OpenedSecrets, 'of' | 'ofLocation'>;
  readonly clock: Clock;
  readonly config: Pick<Config, 'headerPrefix'>;
};

/**
 * What an attempt that begins now sends: the delivery and the lane as they are, so that a URL or secret changed since the event counts.
 * @throws {CannotDowngrade} for a body that its version has no form of.
 * @throws {Error} when nothing is known to sign it with.
 */
export async function preparedAlert(
  delivery: DeliveryDocument,
  lane: Lane,
  { bodies, secrets, clock, config }: AlertParts,
): Promise<PreparedAlert> {
  const { dialect } = lane;
  const body = inDialect(dialect, await bodies.of(delivery));
  const target = delivery.target ?? lane;
  const { signing, headers } = secrets.of(delivery.webhookId, target, clock.now());
  const keys = signing ?? (await secrets.ofLocation(delivery.workspaceId, clock.now()));
  const { eventId: hookId, type: hookType, version } = delivery;
  const alert = { dialect, hookId, hookType, version, body };
  return {
    url: target.url,
    body,
    configured: Object.keys(headers),
    headersAt: (now, unixSecond) =>
      alertHeaders({ ...alert, ...signersAt(keys, now), unixSecond }, config.headerPrefix, headers),
  };
}
