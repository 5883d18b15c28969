import type { JSX } from 'react';
import { useMinute } from '../../ui/index.ts';
import { longDate } from '../../words/times.ts';
import { endAfterRelease, milestoneEffects, milestoneNames, milestonesBefore } from './milestones.ts';

/** What releasing a second version would begin. */
export function OnlyVersion({ name }: { name: string }): JSX.Element {
  const now = useMinute();
  const end = endAfterRelease(now);
  return (
    <section className="card is-padded stack gap-2" aria-labelledby="only-version">
      <h2 id="only-version">There is one version, and it does not end</h2>
      <p>
        Releasing another one starts the calendar of {name}: its webhooks go on for six months, in the shape they know.
        If it were released today:
      </p>
      <ol className="steps">
        {milestonesBefore(end, now).map(({ kind, at }) => (
          <li key={kind}>
            <span className="strong">{longDate(at)}</span> – {milestoneNames[kind]}. {milestoneEffects[kind]}
          </li>
        ))}
      </ol>
      <p className="muted">A release breaks no publisher: alerts are rendered in the version of each webhook.</p>
    </section>
  );
}
