export type ReadMail = {
  /** In their order, unfolded and decoded, with names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string | undefined;
  readonly html: string | undefined;
};

/** Reads a message by the letter of RFC 5322, 2045 and 2047, as far as our mails go; without the library that wrote it. */
export function readMail(raw: Buffer): ReadMail {
  const root = readPart(raw.toString('latin1'));
  const boundary = /^multipart\/alternative;.*boundary="([^"]+)"/.exec(root.type)?.[1];
  const parts = boundary === undefined ? [root] : split(root.body, boundary).map(readPart);
  const ofType = (type: string) => parts.find((part) => part.type.startsWith(`${type};`));
  return {
    headers: root.headers.map(([name, value]) => [name, decodeWords(value)]),
    text: decodeBody(ofType('text/plain')),
    html: decodeBody(ofType('text/html')),
  };
}

export const headerOf = ({ headers }: ReadMail, name: string): string[] =>
  headers.filter(([of]) => of === name).map(([, value]) => value);

type Part = { readonly headers: (readonly [string, string])[]; readonly type: string; readonly body: string };

function readPart(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n');
  const headers = lines.map((line) => {
    const [, name = '', value = ''] = /^([!-9;-~]+): ?(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This is no header: ${line}`);
    return [name.toLowerCase(), value] as const;
  });
  return { headers, type: valueOf(headers, 'content-type'), body: source.slice(end + 4) };
}

const valueOf = (headers: Part['headers'], name: string) => headers.find(([of]) => of === name)?.[1] ?? '';

function split(body: string, boundary: string): string[] {
  const [, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const rest = parts.pop();
  if (rest?.startsWith('--') !== true) throw new Error('The last part has no end.');
  return parts.map((part) => part.slice('\r\n'.length));
}

function decodeBody(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  const encoding = valueOf(part.headers, 'content-transfer-encoding');
  if (encoding !== 'quoted-printable') throw new Error(`This is not read here: ${encoding}`);
  return utf8(unquote(part.body.replace(/=\r\n/g, '')));
}

/** Blanks between two encoded words belong to neither. */
const decodeWords = (value: string) =>
  value
    .replace(/(=\?[^?]+\?[QB]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : utf8(unquote(word.replaceAll('_', ' '))),
    );

const unquote = (text: string) =>
  text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const utf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
