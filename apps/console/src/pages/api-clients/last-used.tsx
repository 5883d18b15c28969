import type { JSX } from 'react';
import { useMinute } from '../../ui/index.ts';
import { date, DAY } from '../../words/times.ts';

/** The day alone: within one, only the first use is written down. */
export function LastUsed({ at }: { at: string | null }): JSX.Element {
  const now = useMinute();
  if (at === null) return <span className="muted">Never</span>;
  const day = date(at);
  return <span>{day === date(now) ? 'Today' : day === date(now - DAY) ? 'Yesterday' : day}</span>;
}
