/** What the API shows in the place of a value that is not told. */
export const MASK = '********';

type Request = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** What curl makes itself: of the connection, or of the body. */
const MADE_BY_CURL = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/**
 * The request as a command for a POSIX shell, one argument a line. Whatever is in it stays one argument and is run by nobody.
 * Values that are not told are named, to be filled in.
 */
export function curlOf({ url, headers, body }: Request): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !MADE_BY_CURL.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quoted(headerLine(name, value))}`);
  // `--data-raw` takes a body as it is; others read the file that a leading @ names.
  return ['curl --globoff -X POST', ...lines, `--data-raw ${quoted(body)}`, `--url ${quoted(url)}`].join(' \\\n  ');
}

/** The names of headers whose values have to be filled in. */
export const hiddenHeaders = (headers: Request['headers']): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === MASK ? [name] : []));

function headerLine(name: string, value: string): string {
  if (value === MASK) return `${name}: <${name}>`;
  // To curl a header that ends with its colon is one to leave out.
  return value === '' ? `${name};` : `${name}: ${value}`;
}

/** One word for the shell: nothing is special between single quotes, and a single quote stands outside of them. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
