export type HeaderRow = { name: string; value: string };
export type HeaderProblem = { readonly row: number; readonly cell: 'name' | 'value'; readonly message: string };

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Tab, printable ASCII and the rest of Latin-1. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const NEVER = ['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect'];
const OWN = ['webhook-', 'x-nexudus-hook-'];
const MAX_BYTES = 4_096;
export const MAX_HEADERS = 50;

export const isBlank = ({ name, value }: HeaderRow): boolean => name.trim() === '' && value === '';

/** What is wrong with the rows; empty ones are nothing at all. `ownPrefix` is that of the server's own headers, such as "x-coro-". */
export function headerProblems(rows: readonly HeaderRow[], ownPrefix: string | null): readonly HeaderProblem[] {
  const seen = new Set<string>();
  return rows.flatMap(({ name: given, value }, row): HeaderProblem[] => {
    if (isBlank({ name: given, value })) return [];
    const name = given.trim();
    const lower = name.toLowerCase();
    const isTwice = seen.has(lower);
    seen.add(lower);
    const ofName = isTwice
      ? 'This header is there already; upper and lower case do not differ.'
      : nameProblem(name, ownPrefix);
    const ofValue = valueProblem(name, value);
    return [
      ...(ofName === undefined ? [] : [{ row, cell: 'name' as const, message: ofName }]),
      ...(ofValue === undefined ? [] : [{ row, cell: 'value' as const, message: ofValue }]),
    ];
  });
}

function nameProblem(name: string, ownPrefix: string | null): string | undefined {
  const lower = name.toLowerCase();
  if (name === '') return 'Enter the name of the header.';
  if (!TOKEN.test(name)) return 'A header name has letters, digits and hyphens, and no spaces.';
  if (NEVER.includes(lower)) return `${name} is set by the connection itself.`;
  const own = ownPrefix === null ? OWN : [...OWN, ownPrefix];
  if (own.some((beginning) => lower.startsWith(beginning)))
    return `${name} is a header of the alert itself and cannot be set.`;
  return undefined;
}

function valueProblem(name: string, value: string): string | undefined {
  if (!VALUE.test(value)) return 'Only Latin letters and signs can be sent, without line breaks.';
  return name.length + value.length > MAX_BYTES ? 'Name and value have 4,096 characters at most.' : undefined;
}
