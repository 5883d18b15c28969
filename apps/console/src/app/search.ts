/**
 * Search parameters are flat texts, so that a URL can be read and written by hand; what a page does not know or cannot use is dropped.
 * `validateSearch: searchOf({ status: oneOf('enabled', 'disabled'), search: text })`
 */
type Reader<T> = (value: string) => T | undefined;

export const text: Reader<string> = (value) => (value === '' || value.length > 2000 ? undefined : value);

export const oneOf =
  <const V extends string>(...values: readonly V[]): Reader<V> =>
  (value) =>
    values.find((known) => known === value);

/** An instant, ISO 8601. */
export const instant: Reader<string> = (value) => (Number.isNaN(Date.parse(value)) ? undefined : value);

type Readers = Readonly<Record<string, Reader<string>>>;
export type SearchOf<R extends Readers> = { readonly [K in keyof R]?: NonNullable<ReturnType<R[K]>> };

export const searchOf =
  <R extends Readers>(readers: R) =>
  (raw: Record<string, unknown>): SearchOf<R> =>
    Object.fromEntries(
      Object.entries(readers).flatMap(([name, read]) => {
        const value = raw[name];
        const known = typeof value === 'string' ? read(value) : undefined;
        return known === undefined ? [] : [[name, known]];
      }),
    ) as SearchOf<R>;

export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value]] : [],
  );
  const query = new URLSearchParams(entries).toString();
  return query === '' ? '' : `?${query}`;
}
