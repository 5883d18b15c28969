export type Theme = 'light' | 'dark' | 'system';

const YEAR_SECONDS = 31_536_000;
const THEMES: readonly Theme[] = ['light', 'dark', 'system'];

export const themeNow = (): Theme =>
  THEMES.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'system';

/** The server reads the cookie and renders the page in this theme from the first moment on. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `carillon_theme=${theme}; Path=/console; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
