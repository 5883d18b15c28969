import { chromium as playwright, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromium } from '../../tools/chromium.mjs';
import { bringAxe } from './axe.ts';

export type Look = {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Milliseconds since the epoch: what the page takes for now. */
  readonly now?: number;
  /** To be looked at by `violations`. */
  readonly withAxe?: boolean;
};

/** A page, and what went wrong in it: requests to other hosts, violations of its policy, errors of its scripts. */
export type Watched = { readonly page: Page; readonly problems: readonly string[] };

/** Less than a test has: what is waited for in vain is named. */
const PATIENCE_MS = 15_000;
const DESKTOP = { width: 1280, height: 900 };
/** What a browser says of an answer that is an error: the page shows it, and the test expects it there. */
const ANSWERED = /^Failed to load resource: the server responded with a status of/;

/** One headless Chromium; each `open` is a visitor of their own, with no cookies. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  /** @throws when there is none on this machine. */
  static async launch(): Promise<TestBrowser> {
    const executablePath = chromium();
    if (executablePath === undefined) throw new Error('There is no Chromium on PATH, nor in CHROMIUM_PATH.');
    return new TestBrowser(
      await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] }),
    );
  }

  async open(origin: string, { colorScheme = 'light', viewport = DESKTOP, now, withAxe }: Look = {}): Promise<Watched> {
    const options: BrowserContextOptions = { colorScheme, viewport, locale: 'en-GB', timezoneId: 'Europe/Berlin' };
    const context = await this.browser.newContext({ ...options, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE_MS);
    if (withAxe) await bringAxe(context);
    const page = await context.newPage();
    if (now !== undefined) await page.clock.setFixedTime(now);
    return { page, problems: watch(page, origin) };
  }

  /** Another tab of whoever looks at this page. */
  async tab(beside: Page, origin: string): Promise<Watched> {
    const page = await beside.context().newPage();
    return { page, problems: watch(page, origin) };
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

function watch(page: Page, origin: string): string[] {
  const problems: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^https?:$/.test(protocol) && asked !== origin) problems.push(`asked another host: ${request.url()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!ANSWERED.test(message.text())) problems.push(`${message.type()}: ${message.text()}`);
  });
  return problems;
}
