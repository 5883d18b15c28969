import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import type { WebhookVersionEvent } from '../../version-lifecycle/contract.ts';

/** The webhook versions as of an event. */
export type VersionOrder = {
  /** Oldest first. */
  readonly released: readonly string[];
  /** By a version that was withdrawn: the one before it, which a webhook on it counts as being on. */
  readonly withdrawn: Readonly<Record<string, string>>;
};

const initial: VersionOrder = { released: [FIRST_VERSION], withdrawn: {} };

export function orderAfter(order: VersionOrder = initial, event: WebhookVersionEvent): VersionOrder | undefined {
  switch (event.type) {
    case 'VersionReleased': {
      const { version } = event.data;
      return order.released.includes(version) ? order : { ...order, released: [...order.released, version] };
    }
    case 'VersionWithdrawn':
      return { ...order, withdrawn: { ...order.withdrawn, [event.data.version]: event.data.restores } };
    default:
      return undefined;
  }
}

/** The older of a webhook's version and its event's: nothing is rendered upwards. One that nobody released counts as the event's. */
export function versionOwed(webhook: string, event: string, { released, withdrawn }: VersionOrder = initial): string {
  let version = webhook;
  while (Object.hasOwn(withdrawn, version)) version = withdrawn[version] ?? event;
  if (version === event) return event;
  const rank = released.indexOf(version);
  return rank >= 0 && rank < released.indexOf(event) ? version : event;
}
