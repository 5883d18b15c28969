/** How a webhook's deliveries go out: its lane. */
export type DeliverySettings = {
  /** Attempts in flight at once, 1 to 256. A strictly ordered webhook has one. */
  readonly concurrency: number;
  /** Alerts a second, 0.1 to 10,000; null for no limit. */
  readonly ratePerSecond: number | null;
  /** Alerts that may go at once after a quiet time, 1 to 10,000; of no meaning without a rate. */
  readonly burst: number;
  /** Alerts go one at a time in the order of their events; one that fails holds up the others until it succeeds or is exhausted. */
  readonly strictOrder: boolean;
  /** Seconds to wait before each attempt of a round; null for the installation's own. */
  readonly schedule: readonly number[] | null;
  /** What becomes of the webhook when a delivery is exhausted. */
  readonly onExhausted: 'disable' | 'continue';
};

export const defaultDelivery: DeliverySettings = {
  concurrency: 16,
  ratePerSecond: null,
  burst: 10,
  strictOrder: false,
  schedule: null,
  onExhausted: 'disable',
};
