/** The waits after a failed attempt, as people write them: "30 s, 5 min, 1 h". The first attempt is made at once and not among them. */
const MAX_WAIT = 604_800;
const MAX_WAITS = 19;
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

/** In seconds, or why they cannot be read or used. */
export function readWaits(text: string): { readonly waits: readonly number[] } | { readonly problem: string } {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const given = parts.length === 1 && parts[0] === '' ? [] : parts;
  const waits = given.map(secondsOf);
  const unread = waits.findIndex((wait) => wait === null);
  if (unread !== -1) return { problem: `“${given[unread] ?? ''}” is not a time. Write for example 30 s, 5 min, 1 h.` };
  const seconds = waits.filter((wait) => wait !== null);
  if (seconds.length > MAX_WAITS) return { problem: 'Enter 19 waits at most.' };
  if (seconds.some((wait) => wait > MAX_WAIT)) return { problem: 'A wait has 7 days at most.' };
  if (seconds.some((wait, i) => i > 0 && wait <= (seconds[i - 1] ?? 0)))
    return { problem: 'Each wait must be longer than the one before.' };
  return { waits: seconds };
}

function secondsOf(part: string): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(part) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
}

const NAMED = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
] as const;

/** "30 s, 5 min, 1 h": what `readWaits` reads as the same. */
export const waitsInWords = (waits: readonly number[]): string => waits.map(waitInWords).join(', ');

function waitInWords(seconds: number): string {
  const [size, unit] = NAMED.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 's'];
  return `${seconds / size} ${unit}`;
}
