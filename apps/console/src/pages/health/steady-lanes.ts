import type { Item } from '../../api/types.ts';

export type Lane = Item<'/lanes'>;
export type SteadyLane = Lane & {
  /** It was among the largest when the order was made, and is no longer: its figures are those of then. */
  readonly isGone: boolean;
};

/** Lanes at the places they have, with what is new in them. */
export function steadyLanes(shown: readonly Lane[], items: readonly Lane[]): readonly SteadyLane[] {
  const byId = new Map(items.map((lane) => [lane.webhookId, lane]));
  return shown.map((lane) => ({ ...(byId.get(lane.webhookId) ?? lane), isGone: !byId.has(lane.webhookId) }));
}

/** Only what waits, or is left alone for now, is worth a row. */
export const isOfInterest = ({ owed, inTrouble, pausedUntil }: Lane): boolean =>
  owed > 0 || inTrouble === true || pausedUntil !== null;

/** Whether another order, or other rows, would be shown by now. */
export function isOutdated(shown: readonly Lane[], items: readonly Lane[]): boolean {
  const ids = (lanes: readonly Lane[]): string => lanes.map(({ webhookId }) => webhookId).join(' ');
  return ids(shown) !== ids(items.filter(isOfInterest));
}
