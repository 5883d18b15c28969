const plain = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

export const number = (value: number): string => plain.format(value);

/** `count(3, ['webhook', 'webhooks'])`: "3 webhooks". */
export const count = (value: number, [one, many]: readonly [string, string]): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** Of part and whole; a share that is not all never reads "100%", and one that is something never "0%". */
export function share(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const value = part / whole;
  if (part < whole && value > 0.9994) return percent.format(0.999);
  if (part > 0 && value < 0.0005) return `< ${percent.format(0.001)}`;
  return percent.format(value);
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people: "8.2 KB", of 1024 bytes. */
export function bytes(value: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), UNITS.length - 1);
  const scaled = value / 1024 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : Math.round(scaled * 10) / 10} ${UNITS[power]}`;
}
