export const TRIGGER = 'subscription-updated';

const MARK = '"sentAt":"';
/** What receivers look for in the bytes of an alert. */
export const STAMP_MARK = Buffer.from(MARK);
/** So that stamps of one run have one length. */
const DIGITS = 15;

export type PublishedEvent = {
  readonly id: string;
  readonly type: string;
  readonly workspaceId: string;
  readonly data: Readonly<Record<string, string>>;
};

/** `bytes` is how much `data` has as JSON, as far as the least it needs allows. `stamp`: microseconds, when it was published. */
export function eventOf(id: string, workspaceId: string, bytes: number, stamp = 0): PublishedEvent {
  const data = { subscriptionType: 'paid', sentAt: String(stamp).padStart(DIGITS, '0') };
  const rest = bytes - JSON.stringify({ ...data, note: '' }).length;
  return { id, type: TRIGGER, workspaceId, data: rest > 0 ? { ...data, note: filler(rest) } : data };
}

/** The stamp in the body of an alert; undefined when there is none. */
export function stampIn(alert: Buffer): number | undefined {
  const at = alert.indexOf(STAMP_MARK);
  if (at < 0) return undefined;
  const from = at + STAMP_MARK.length;
  return Number(alert.toString('latin1', from, from + DIGITS));
}

const fillers = new Map<number, string>();
function filler(length: number): string {
  let text = fillers.get(length);
  if (text === undefined)
    fillers.set(length, (text = 'Seats were added to the plan. '.repeat(length / 30 + 1).slice(0, length)));
  return text;
}

export const sizeName = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${bytes / 1024} KB`);
