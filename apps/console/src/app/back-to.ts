/** Only a page of the console: what another site put into a link goes nowhere. */
export function backTo(href: string | undefined): string | undefined {
  if (href === undefined || !href.startsWith('/') || href.startsWith('//') || href.includes('\\')) return undefined;
  const [path = ''] = href.split(/[?#]/);
  return path === '/' || path.startsWith('/sign-in') ? undefined : href;
}
