import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { classNames, IconButton } from '../../ui/index.ts';
import { longDate } from '../../words/times.ts';
import { DayList } from './day-list.tsx';
import { milestoneNames } from './milestones.ts';
import { dayByKey, dayIn, dayInMonths, dayOf, monthIn, monthOf, noonOf, weeksOf, type Day } from './month.ts';
import type { Occurrence } from './version-data.ts';

const route = getRouteApi('/installation/versions');
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });
const MOST_DOTS = 3;

type Props = { readonly occurrences: readonly Occurrence[]; readonly now: number };

/** A month with its milestones. Arrows go from day to day, Page Up and Page Down from month to month. */
export function MonthCalendar({ occurrences, now }: Props): JSX.Element {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = dayOf(now);
  const selected = dayIn(search.day) ?? today;
  const [focused, setFocused] = useState(() => {
    const month = monthIn(search.month);
    return month === undefined || month === monthOf(selected) ? selected : `${month}-01`;
  });
  const month = monthOf(focused);
  const table = useRef<HTMLTableElement>(null);
  const follows = useRef(false);
  const heading = useId();
  useEffect(() => {
    if (!follows.current) return;
    follows.current = false;
    table.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus();
  }, [focused]);
  const show = (change: { month?: string; day?: Day }): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true, resetScroll: false });
  const go = (day: Day): void => {
    setFocused(day);
    if (monthOf(day) !== month) show({ month: monthOf(day) });
  };
  const choose = (day: Day): void => {
    setFocused(day);
    show({ day, month: monthOf(day) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const day = dayByKey(event.key, focused);
    if (day === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    follows.current = true;
    go(day);
  };
  const onDay = new Map<Day, Occurrence[]>();
  for (const occurrence of occurrences) {
    const day = dayOf(occurrence.at);
    onDay.set(day, [...(onDay.get(day) ?? []), occurrence]);
  }
  return (
    <section className="month-calendar card is-padded" aria-labelledby={heading}>
      <div>
        <div className="row">
          <h2 id={heading} aria-live="polite">
            {monthName.format(noonOf(`${month}-01`))}
          </h2>
          <span className="row push gap-1">
            <IconButton icon="chevronLeft" label="Month before" onPress={() => go(dayInMonths(focused, -1))} />
            <IconButton icon="chevronRight" label="Month after" onPress={() => go(dayInMonths(focused, 1))} />
          </span>
        </div>
        <table ref={table} className="month-grid" role="grid" aria-labelledby={heading} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              {WEEKDAYS.map((name) => (
                <th key={name} scope="col" abbr={name}>
                  {name.slice(0, 2)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map((week, row) => (
              <tr key={row}>
                {week.map((day, column) =>
                  day === null ? (
                    <td key={column} />
                  ) : (
                    <DayCell
                      key={column}
                      day={day}
                      occurrences={onDay.get(day) ?? []}
                      isToday={day === today}
                      isSelected={day === selected}
                      isStop={day === focused}
                      onSelect={() => choose(day)}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DayList
        day={selected}
        occurrences={onDay.get(selected) ?? []}
        next={occurrences.filter(({ at }) => dayOf(at) > selected).sort((a, b) => a.at - b.at)[0]}
        onGo={choose}
      />
    </section>
  );
}

type CellProps = {
  readonly day: Day;
  readonly occurrences: readonly Occurrence[];
  readonly isToday: boolean;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly onSelect: () => void;
};

function DayCell({ day, occurrences, isToday, isSelected, isStop, onSelect }: CellProps): JSX.Element {
  const said = occurrences.map(({ version, kind }) => `${version.name} ${milestoneNames[kind]}`).join(', ');
  return (
    <td role="gridcell" aria-selected={isSelected}>
      <button
        type="button"
        className={classNames('day', isSelected && 'is-selected', isToday && 'is-today')}
        data-day={day}
        tabIndex={isStop ? 0 : -1}
        aria-label={`${longDate(noonOf(day))}${isToday ? ', today' : ''}${said === '' ? '' : `: ${said}`}`}
        onClick={onSelect}
      >
        {Number(day.slice(8))}
        <span className="day-dots" aria-hidden="true">
          {occurrences.slice(0, MOST_DOTS).map(({ version, kind }) => (
            <span key={`${version.name} ${kind}`} data-kind={kind} />
          ))}
        </span>
      </button>
    </td>
  );
}
