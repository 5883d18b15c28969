const WIDTH = 76;
const LONGEST_TEXT = 200;

/** No line breaks, nothing that turns the direction of what follows, and no more than fits in a mail. */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}|\p{Cs}/gu, '')
    .trim();
  const characters = [...line];
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join('')}…` : line;
}

/** Lines of up to 76 characters, where blanks allow that; all but the first are indented. */
export function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && `${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** As in 1 May 2027. Milliseconds since the epoch. */
export const dayOf = (instant: number): string => day.format(instant);
/** As in 1 May 2027, 09:00 UTC. */
export const instantOf = (instant: number): string =>
  `${dayOf(instant)}, ${new Date(instant).toISOString().slice(11, 16)} UTC`;
