const TOKEN = /^([\w-]{22})\.([\w-]{43})$/;

/** `<link id>.<secret>`; undefined for what is none. */
export function readLinkToken(token: string): { readonly linkId: string; readonly secret: string } | undefined {
  const [, linkId, secret] = TOKEN.exec(token) ?? [];
  return linkId === undefined || secret === undefined ? undefined : { linkId, secret };
}

/**
 * Where a link leads. The id is in the path, so that the server knows which page may frame the console; the secret is behind the `#`,
 * which no browser sends and no log keeps.
 */
export const linkUrl = (base: string, linkId: string, secret: string): string =>
  `${base}/console/link/${linkId}#${linkId}.${secret}`;
