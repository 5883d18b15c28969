import type { JSX } from 'react';
import { Icon, Time } from '../../ui/index.ts';
import { milestoneNames, type Milestone } from './milestones.ts';

type Props = { readonly name: string; readonly milestones: readonly Milestone[]; readonly now: number };

/** The way of a version from left to right; what has happened is filled. */
export function VersionLine({ name, milestones, now }: Props): JSX.Element {
  const next = milestones.find(({ at }) => at > now)?.kind;
  const goesOn = milestones.length === 1;
  return (
    <ol className="version-line" aria-label={`Calendar of ${name}`}>
      {milestones.map(({ kind, at }) => (
        <li key={kind} data-kind={kind} data-state={at <= now ? 'past' : kind === next ? 'next' : 'future'}>
          <span className="milestone-dot" aria-hidden="true">
            {at <= now && <Icon name={kind === 'disabled' || kind === 'ends' ? 'close' : 'check'} />}
          </span>
          <span className="strong">{milestoneNames[kind]}</span>
          <Time at={at} as="local" />
          {kind === next && <span className="small muted">next</span>}
        </li>
      ))}
      {goesOn && (
        <li data-kind="now" data-state="future">
          <span className="milestone-dot" aria-hidden="true" />
          <span className="muted">No end until another version is released</span>
        </li>
      )}
    </ol>
  );
}
