/**
 * Which other site may show the console in a frame. The page has to say so before the browser shows anything, so it is known from the
 * address of a link, or from the cookie of a session that was begun by one.
 */
export interface ConsoleEmbedding {
  /** An origin; null if nobody may. */
  ofLink(linkId: string): Promise<string | null>;
  /** An origin; null if nobody may. `cookie` need not be of a session. */
  ofSession(cookie: string): Promise<string | null>;
}

export const CONSOLE_EMBEDDING = Symbol('ConsoleEmbedding');
