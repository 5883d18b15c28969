import type { JSX } from 'react';
import { Button, Time } from '../../ui/index.ts';
import { longDate } from '../../words/times.ts';
import { milestoneEffects, milestoneNames } from './milestones.ts';
import { dayOf, noonOf, type Day } from './month.ts';
import { adoption, type Occurrence } from './version-data.ts';

type Props = {
  readonly day: Day;
  readonly occurrences: readonly Occurrence[];
  /** The first one after that day. */
  readonly next: Occurrence | undefined;
  readonly onGo: (day: Day) => void;
};

/** What happens on the chosen day. */
export function DayList({ day, occurrences, next, onGo }: Props): JSX.Element {
  return (
    <div className="stack gap-3" role="region" aria-live="polite" aria-label="Chosen day">
      <h3>{longDate(noonOf(day))}</h3>
      {occurrences.length === 0 ? (
        <p className="muted">No milestone of any version.</p>
      ) : (
        <ul className="day-list">
          {occurrences.map(({ version, kind, at }) => (
            <li key={`${version.name} ${kind}`} data-kind={kind}>
              <p className="strong">
                {version.name}: {milestoneNames[kind]}
              </p>
              <p>
                <Time at={at} as="local" /> · {milestoneEffects[kind]}
              </p>
              {kind !== 'released' && <p className="small muted">{adoption(version)} now.</p>}
            </li>
          ))}
        </ul>
      )}
      {next !== undefined && (
        <p className="small">
          Next:{' '}
          <Button kind="link" onPress={() => onGo(dayOf(next.at))}>
            {`${longDate(next.at)}, ${next.version.name} ${milestoneNames[next.kind]}`}
          </Button>
        </p>
      )}
      <p className="small muted">Days and times are in your time zone, {zone}.</p>
    </div>
  );
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
