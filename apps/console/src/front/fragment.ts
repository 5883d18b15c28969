/**
 * The secret behind `#` of the address. It is taken out of the address at once, so that neither the history nor a screenshot keeps it.
 * Read when the module of the page is loaded: a second rendering would find nothing.
 */
export function takeFragment(): string {
  const token = decodeURIComponent(location.hash.replace(/^#/, ''));
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
