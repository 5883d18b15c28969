const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const locale = undefined;
const clock = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const shortClock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** "just now", "40 s ago", "5 min ago", "3 h ago", "2 days ago", "22 Nov", "22 Nov 2025"; "in …" for what comes. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  // What has happened may be a little ahead of a clock that ticks each second.
  if (distance < 5 * SECOND) return at - now > 2 * SECOND ? 'in a moment' : 'just now';
  if (distance > 14 * DAY) return dateIn(at, now);
  const text = distanceText(distance);
  return at > now ? `in ${text}` : `${text} ago`;
}

function distanceText(distance: number): string {
  if (distance < MINUTE) return `${Math.floor(distance / SECOND)} s`;
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`;
  if (distance < DAY) return `${Math.floor(distance / HOUR)} h`;
  const days = Math.floor(distance / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

const dateIn = (at: number, now: number): string =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(at) : day.format(at);

const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** "14:02:31" today, "22 Nov 14:02:31" this year, else with the year. */
export const localTime = (at: number, now: number): string =>
  isSameDay(at, now) ? clock.format(at) : `${dateIn(at, now)} ${clock.format(at)}`;

/** "14:02" */
export const clockTime = (at: number): string => shortClock.format(at);
/** "22 Nov", of what is near */
export const dayAndMonth = (at: number): string => dayOfYear.format(at);
/** "22 Nov 2026" */
export const date = (at: number | string): string => day.format(new Date(at));
/** "22 November 2026" */
export const longDate = (at: number | string): string => longDay.format(new Date(at));
/** "22 Nov 2026, 14:02" */
export const dateAndTime = (at: number | string): string => `${date(at)}, ${clockTime(new Date(at).getTime())}`;

/** Both to the millisecond: local with its zone, and UTC. */
export function exactTime(at: number): string {
  const ms = String(new Date(at).getMilliseconds()).padStart(3, '0');
  const utc = new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');
  return `${day.format(at)} ${clock.format(at)}.${ms} ${zoneOf(at)}\n${utc}`;
}

function zoneOf(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  return `UTC${sign}${hours}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
}

/** How long something took: "96 ms", "15.0 s", "2 min 5 s". */
export function took(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(1)} s`;
  return duration(ms);
}

/** The two largest parts: "3 min 41 s", "4 h", "5 days 2 h". */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / SECOND));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), whole >= 172_800 ? ' days' : ' day'],
    [Math.floor(whole / 3_600) % 24, ' h'],
    [Math.floor(whole / 60) % 60, ' min'],
    [whole % 60, ' s'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value}${unit}`)
    .join(' ');
}

/** Counting down: "3:41", "1:02:09"; "now" when it is over. */
export function countdown(ms: number): string {
  const whole = Math.ceil(ms / SECOND);
  if (whole <= 0) return 'now';
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Whole days until then, as "5 days", "1 day", "less than a day". */
export function daysUntil(at: number, now: number): string {
  const days = Math.ceil((at - now) / DAY);
  if (at - now < DAY) return 'less than a day';
  return days === 1 ? '1 day' : `${days} days`;
}
