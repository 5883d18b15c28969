/** Seconds, as texts of a select. */
export const expiries = [
  { value: '300', label: '5 minutes' },
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
] as const;
export const sessions = [
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '14400', label: '4 hours' },
  { value: '43200', label: '12 hours' },
] as const;

export type Seconds = (typeof expiries)[number]['value'] | (typeof sessions)[number]['value'];

/** What is wrong with an origin, in a sentence; nothing with none. A path that was pasted along is named. */
export function originError(text: string): string | undefined {
  const origin = text.trim();
  if (origin === '') return undefined;
  const url = URL.parse(origin);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb) return 'Enter scheme and host, for example https://portal.example.';
  return url.origin === origin ? undefined : `Enter the origin alone: ${url.origin}.`;
}
