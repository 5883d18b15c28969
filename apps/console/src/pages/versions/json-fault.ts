const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = new RegExp(`${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, 'y');
const BLANK = /[ \t\n\r]*/y;
/** Nobody writes deeper by hand. */
const DEEPEST = 500;

/**
 * Where a text stops being JSON: the index of the first part that cannot stand there, the length of the text where it ends too early,
 * undefined for JSON. Browsers tell it in words of their own, or not at all.
 */
export function jsonFault(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const isThere = pattern.test(text);
    if (isThere) at = pattern.lastIndex;
    return isThere;
  };
  const sign = (wanted: string): boolean => {
    take(BLANK);
    if (text[at] !== wanted) return false;
    at++;
    return true;
  };
  const value = (depth: number): boolean => {
    if (depth > DEEPEST) return false;
    if (sign('{')) return rest('}', () => take(BLANK) && take(STRING) && sign(':') && value(depth + 1));
    if (sign('[')) return rest(']', () => value(depth + 1));
    return take(SCALAR);
  };
  /** What an object or an array has after its beginning. */
  const rest = (end: string, item: () => boolean): boolean => {
    if (sign(end)) return true;
    do if (!item()) return false;
    while (sign(','));
    return sign(end);
  };
  const isWhole = value(0) && take(BLANK) && at === text.length;
  return isWhole ? undefined : at;
}
