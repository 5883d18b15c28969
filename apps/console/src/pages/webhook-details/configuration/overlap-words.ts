import { duration } from '../../../words/times.ts';

export type Overlap = '3600' | '86400' | '604800' | '0';

/** How long the secret before goes on counting, in seconds as the API takes them. */
export const overlaps: readonly { readonly value: Overlap; readonly label: string; readonly description?: string }[] = [
  { value: '3600', label: 'One hour' },
  { value: '86400', label: '24 hours' },
  { value: '604800', label: '7 days' },
  {
    value: '0',
    label: 'None',
    description:
      'For a secret that has leaked: the old one ends at once. What your receiver refuses meanwhile is retried.',
  },
];

/** Whether two secrets count at this instant, and how long still. UNIX milliseconds. */
export function overlapLeft(until: number | null, now: number): string | null {
  return until === null || until <= now ? null : duration(until - now);
}

type Row = { readonly header: string; readonly during: string; readonly after: string };

/** By which secret each header is signed. `single` is the one that has room for one signature only. */
export const signedBy = (single: string): readonly Row[] => [
  {
    header: 'webhook-signature',
    during: 'two signatures: by the new secret, and by the old one',
    after: 'by the new secret',
  },
  { header: single, during: 'by the old secret', after: 'by the new secret' },
];
