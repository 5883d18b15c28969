import type { Entry, History, Owed } from './history.ts';
import type { Receipt } from './receivers.ts';

export type Seen = {
  readonly history: History;
  /** Answered `accepted`. */
  readonly accepted: ReadonlySet<string>;
  readonly receipts: readonly Receipt[];
  /** Names of webhooks, by id. */
  readonly hooks: ReadonlyMap<string, string>;
  /** By the API, after the drain: status by delivery. */
  readonly statuses: ReadonlyMap<string, string>;
  /** Starts of the server that ended with a kill. */
  readonly killed: ReadonlySet<number>;
  /** Attempts a webhook may have in flight. */
  readonly inFlightAtMost: (hook: string, isTest: boolean) => number;
  /** Whether a delivery of a webhook may have ended with this status. */
  readonly mayEnd: (hook: string, status: string) => boolean;
};
export type Verdict = {
  readonly problems: string[];
  /** Receipts whose attempt was not recorded: in flight at a kill. */
  readonly inFlight: number;
};

/** Attempts before a delivery is given up. */
const LEAST_OF_A_ROUND = 4;
const keyOf = (hook: string, hookId: string) => `${hook}:${hookId}`;

/** What is promised to publishers and receivers, against what was seen on both sides and what is in the store. */
export function judge(seen: Seen): Verdict {
  const { history, accepted, receipts, hooks } = seen;
  const problems = [...history.misrouted];
  for (const id of accepted) if (!history.received.has(id)) problems.push(`${id} was accepted and is lost`);
  const received = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const key = keyOf(receipt.hook, receipt.hookId);
    const known = received.get(key);
    if (known) known.push(receipt);
    else received.set(key, [receipt]);
  }
  const unrecorded: Receipt[] = [];
  for (const owed of history.owed.values()) {
    const hook = hooks.get(owed.webhookId) ?? '';
    const key = keyOf(hook, owed.hookId);
    const its = received.get(key) ?? [];
    received.delete(key);
    const { lost, wrong } = followed(owed, its);
    unrecorded.push(...lost);
    const status = seen.statuses.get(owed.deliveryId) ?? 'not in the list of deliveries';
    if (!seen.mayEnd(hook, status)) wrong.push(`is ${status} after the drain`);
    problems.push(...[...wrong, ...unfounded(owed, status)].map((what) => `${key} ${what}`));
  }
  for (const key of received.keys()) problems.push(`${key} was sent and is not owed`);
  problems.push(...tooMany(unrecorded, seen));
  return { problems, inFlight: unrecorded.length };
}

/** The receipts of one delivery beside what is recorded of it. `lost` are those whose outcome is not. */
function followed({ entries }: Owed, receipts: readonly Receipt[]) {
  const wrong: string[] = [];
  const byNumber = new Map(receipts.map((receipt) => [receipt.number, receipt]));
  const lost = new Map(byNumber);
  let before: Entry | undefined;
  let latest = 0;
  for (const entry of entries) {
    if (entry.kind === 'attempt') {
      if (before?.kind === 'attempt' && before.ok) wrong.push('was recorded again after it had succeeded');
      const receipt = byNumber.get(entry.receipt ?? 0);
      if (!receipt) wrong.push(`has an attempt recorded (${entry.receipt}) that nobody received`);
      else if (!lost.delete(receipt.number)) wrong.push('has one receipt recorded twice');
      else if (receipt.number < latest) wrong.push('has its attempts recorded out of order');
      else if (receipt.status < 300 !== entry.ok) wrong.push(`has an answer ${receipt.status} recorded as ${entry.ok}`);
      latest = Math.max(latest, entry.receipt ?? 0);
    }
    before = entry;
  }
  for (const { number } of lost.values()) {
    const last = entries.findLastIndex((entry) => entry.kind === 'attempt' && (entry.receipt ?? 0) < number);
    const [recorded, next] = [entries[last], entries[last + 1]];
    if (recorded?.kind === 'attempt' && recorded.ok && next?.kind !== 'redelivery')
      wrong.push('was sent again after its success was recorded');
  }
  return { lost: [...lost.values()], wrong };
}

/** What the status says and the recorded attempts do not. */
function unfounded({ entries, isTest }: Owed, status: string): string[] {
  const round = entries.slice(entries.findLastIndex(({ kind }) => kind === 'redelivery') + 1);
  const attempts = round.filter((entry) => entry.kind === 'attempt');
  const succeeded = attempts.some(({ ok }) => ok);
  if (status === 'succeeded' && !succeeded) return ['is said to have succeeded, with no success recorded'];
  const least = isTest ? 1 : LEAST_OF_A_ROUND;
  const exhausted = attempts.length >= least && !succeeded;
  return status === 'exhausted' && !exhausted ? ['is said to be exhausted, and was not attempted often enough'] : [];
}

/** Only a kill loses outcomes, and only of as many as were in flight. */
function tooMany(unrecorded: readonly Receipt[], { killed, inFlightAtMost }: Seen): string[] {
  const counts = new Map<string, { count: number; receipt: Receipt }>();
  for (const receipt of unrecorded) {
    const key = `${receipt.run}:${receipt.hook}:${receipt.isTest}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { count: before + 1, receipt });
  }
  return [...counts.values()].flatMap(({ count, receipt: { run, hook, isTest } }) => {
    const most = killed.has(run) ? inFlightAtMost(hook, isTest) : 0;
    return count <= most ? [] : [`start ${run}: ${count} outcomes of ${hook} are not recorded, at most ${most} can be`];
  });
}

/** What a strictly ordered webhook receives is what it is owed, in the order of the events; only the one in hand is repeated. */
export function outOfOrder(history: History, webhookId: string, receipts: readonly Receipt[]): string[] {
  const owed = [...history.owed.values()].filter((each) => each.webhookId === webhookId && !each.isTest);
  const wanted = owed.sort((a, b) => a.position - b.position).map(({ hookId }) => hookId);
  const came = receipts.filter(({ isTest }) => !isTest).map(({ hookId }) => hookId);
  const once = came.filter((hookId, n) => hookId !== came[n - 1]);
  const at = once.findIndex((hookId, n) => hookId !== wanted[n]);
  if (at >= 0) return [`out of order at ${at}: ${once[at]} instead of ${wanted[at]}`];
  return once.length === wanted.length ? [] : [`in order, but ${wanted.length - once.length} did not come`];
}
