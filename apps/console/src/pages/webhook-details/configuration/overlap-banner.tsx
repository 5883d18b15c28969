import type { JSX } from 'react';
import { Banner, Time, useNow } from '../../../ui/index.ts';
import { OverlapNote } from './overlap-note.tsx';
import { overlapLeft } from './overlap-words.ts';

type Props = {
  /** UNIX milliseconds. */
  readonly until: number | null;
  readonly single: string;
};

/** While two secrets count: how long still, and what that means. Nothing otherwise. */
export function OverlapBanner({ until, single }: Props): JSX.Element | null {
  const left = overlapLeft(until, useNow());
  if (left === null || until === null) return null;
  return (
    <Banner tone="info" title={`Two secrets count: ${left} left`}>
      <div className="stack gap-3">
        <p>
          The secret was rotated. Until <Time at={until} as="local" /> an alert is good if it verifies with the new
          secret or with the old one. Let your receiver accept either by then, and drop the old one afterwards.
        </p>
        <OverlapNote single={single} />
      </div>
    </Banner>
  );
}
