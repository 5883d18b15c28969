import { number } from './numbers.ts';

type OfJob = {
  readonly what: string;
  readonly status: 'running' | 'finished' | 'cancelled';
  readonly reason: string | null;
  readonly requested: number;
  /** Known at its start, or null. */
  readonly expected: number | null;
  /** null for jobs from before these were counted. */
  readonly delivered: number | null;
  readonly failed: number | null;
  readonly waiting: number | null;
};

const names: Readonly<Record<string, string>> = {
  'not-delivered': 'Redelivering what was not delivered',
  all: 'Redelivering everything',
  held: 'Releasing held events',
};

export const jobName = ({ what }: Pick<OfJob, 'what'>): string => names[what] ?? 'Redelivering';

/** "Running", "Waiting for 3", "Done", "Stopped", "Ended: the webhook was disabled". */
export function jobState({ status, reason, waiting }: OfJob): string {
  if (status === 'running') return 'Running';
  if (waiting !== null && waiting > 0) return `Waiting for ${number(waiting)}`;
  if (status === 'cancelled') return 'Stopped';
  if (reason === 'webhook-disabled') return 'Ended: the webhook was disabled';
  if (reason === 'webhook-removed') return 'Ended: the webhook was removed';
  return 'Done';
}

/** "88 accepted · 49 delivered · 2 failed · 37 waiting", without what is zero. */
export function jobCounts({ requested, delivered, failed, waiting }: OfJob): string {
  const parts: [number | null, string][] = [
    [delivered, 'delivered'],
    [failed, 'failed'],
    [waiting, 'waiting'],
  ];
  const counts = parts.flatMap(([value, word]) => (value ? [`${number(value)} ${word}`] : []));
  return [`${number(requested)} accepted`, ...counts].join(' · ');
}

/** How much of it has ended, of how much; `max` is null while nobody knows. */
export function jobProgress(job: OfJob): { readonly value: number; readonly max: number | null } {
  if (job.status === 'running') {
    return job.expected === null
      ? { value: 0, max: null }
      : { value: ended(job), max: Math.max(job.expected, job.requested) };
  }
  return { value: ended(job), max: job.requested };
}

/** Jobs that counted nothing of what came of them are as far as they have asked. */
const ended = ({ delivered, failed, requested }: OfJob): number =>
  delivered === null || failed === null ? requested : delivered + failed;
