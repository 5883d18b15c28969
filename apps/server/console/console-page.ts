import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number] | 'system';

export const themeOf = (cookie: string | undefined): Theme => THEMES.find((theme) => theme === cookie) ?? 'system';

/** The page of the console, made for each request: it carries a nonce, and the theme, so that it never flashes in another. */
export class ConsolePage {
  #template: Promise<string | undefined> | undefined;

  /** @param folder where the console was built to. */
  constructor(private readonly folder: string) {}

  /** Undefined where it has not been built. */
  async render(nonce: string, theme: Theme): Promise<string | undefined> {
    const template = await (this.#template ??= this.#read());
    return template?.replaceAll('__NONCE__', nonce).replaceAll('__THEME__', theme);
  }

  async #read(): Promise<string | undefined> {
    const text = await readFile(join(this.folder, 'index.html'), 'utf8').catch(() => undefined);
    // It may be built while the server runs.
    if (text === undefined) this.#template = undefined;
    return text;
  }
}
