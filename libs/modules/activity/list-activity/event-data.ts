/** Of an event that may be of any type. */
export type Data = Readonly<Record<string, unknown>>;

/** Empty where there is none. */
export const text = (data: Data, field: string): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

const inUtc = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** As in 1 May 2027, of an instant in milliseconds. */
export const day = (data: Data, field: string): string => {
  const value = data[field];
  return typeof value === 'number' ? inUtc.format(value) : '';
};
