export type HeaderRow = { readonly name: string; readonly value: string };

const LINE = /^\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*(.*?)\s*$/;

/**
 * Rows out of what was pasted: `Authorization: Bearer x` gives one, several lines several. Null for what is no header, which is then
 * pasted as it is.
 */
export function pastedHeaders(text: string): readonly HeaderRow[] | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const rows = lines.map((line) => {
    const [, name, value] = LINE.exec(line) ?? [];
    // A URL has a colon as well, and no header is named "https".
    return name === undefined || value === undefined || value.startsWith('//') ? null : { name, value };
  });
  return rows.length > 0 && rows.every((row) => row !== null) ? rows : null;
}
