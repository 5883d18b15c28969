/** Shown at most; the rest is for the download. In UTF-16 units, near enough to bytes of what is mostly ASCII. */
export const MOST_SHOWN = 64 * 1024;
/** Beyond these a body begins collapsed. */
export const MOST_LINES = 200;

export type ShownBody = {
  readonly text: string;
  readonly lines: number;
  /** More than is shown: offer the download. */
  readonly isCut: boolean;
  readonly isCollapsed: boolean;
};

/** JSON with two spaces; anything else, and large numbers that parsing would change, as it is. */
export function pretty(body: string): string {
  const trimmed = body.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return body;
  try {
    const parsed: unknown = JSON.parse(body);
    const compact = JSON.stringify(parsed);
    return compact.replace(/\s/g, '').length === trimmed.replace(/\s/g, '').length
      ? JSON.stringify(parsed, null, 2)
      : body;
  } catch {
    return body;
  }
}

/** What of a body is on screen. */
export function shownBody(body: string, { isPretty, isOpen }: { isPretty: boolean; isOpen: boolean }): ShownBody {
  const whole = isPretty && body.length <= MOST_SHOWN ? pretty(body) : body;
  const isCut = whole.length > MOST_SHOWN;
  const visible = isCut ? whole.slice(0, MOST_SHOWN) : whole;
  const lines = visible.split('\n');
  const isCollapsed = !isOpen && lines.length > MOST_LINES;
  return {
    text: isCollapsed ? lines.slice(0, MOST_LINES).join('\n') : visible,
    lines: lines.length,
    isCut,
    isCollapsed,
  };
}

/** Whether most of it is no text, so that its type and size say more than its characters. */
export function isBinary(body: string): boolean {
  const beginning = body.slice(0, 4096);
  const odd = beginning.match(/[\u0000-\u0008\u000E-\u001A\uFFFD]/g)?.length ?? 0;
  return odd > 0 && odd / beginning.length > 0.1;
}
