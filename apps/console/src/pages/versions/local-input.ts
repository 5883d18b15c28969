/** For an input of date and time, which knows local time alone: `2026-11-29T10:00`. */
export function localInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
