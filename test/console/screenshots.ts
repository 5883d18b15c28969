/** Pictures of every page, light and dark, on a desk and in a hand: `npm run screenshots`. Those of the README go to docs/screenshots. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { ManualServer } from '../support/manual-server.ts';
import { Receiver } from '../support/receiver.ts';
import { answerOf, fill, OWNER, type Place } from './believable.ts';
import { TestBrowser, type Look } from './browser.ts';
import { PAGES, type Shown, type ShownPage } from './pages.ts';
import { ready, signIn } from './steps.ts';

const ROOT = join(import.meta.dirname, '../..');
const ALL = join(ROOT, 'dist/screenshots');
const README = join(ROOT, 'docs/screenshots');
/** By page and look. */
const IN_README = new Set(['webhooks-light', 'delivery-dark', 'details-draft-light']);
const OPERATOR = { email: 'operator@carillon.example', password: 'a-long-enough-password' };
/** Receivers are on this machine; the pictures show where such receivers are. */
const SHOWN = new URL('https://northwind.example');
const BEGIN = '2026-01-29T08:00:00Z';

const DESK = { width: 1280, height: 800 };
const HAND = { width: 390, height: 844 };
const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: 'light', colorScheme: 'light', viewport: DESK },
  { name: 'dark', colorScheme: 'dark', viewport: DESK },
  { name: 'light-phone', colorScheme: 'light', viewport: HAND },
  { name: 'dark-phone', colorScheme: 'dark', viewport: HAND },
];

let told = 0;
/** A part of the names, to take only some. */
const wanted = process.argv[2] ?? '';

const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
await writeFile(join(folder, 'clock'), new Date(BEGIN).toISOString());
const receiver = await Receiver.start();
receiver.answer = ({ path }) => answerOf(path);
const server = new ManualServer(folder, {
  BOOTSTRAP_ADMIN_EMAIL: OPERATOR.email,
  BOOTSTRAP_ADMIN_PASSWORD: OPERATOR.password,
});
const browser = await TestBrowser.launch();
try {
  await server.start();
  server.now = Date.parse(BEGIN);
  const place: Place = {
    get api() {
      return server.api;
    },
    get now() {
      return server.now;
    },
    receiver: receiver.url,
    moveTo: (instant) => server.moveTo(Math.max(instant, server.now + 1)),
  };
  const shown = await fill(place);
  await mkdir(ALL, { recursive: true });
  await mkdir(README, { recursive: true });
  for (const look of LOOKS) await takeAll(look, shown);
} finally {
  await browser.close();
  await server.end('SIGTERM').catch(() => server.dispose());
  await receiver.stop();
  await rm(folder, { recursive: true, force: true });
}

async function takeAll({ name: look, ...seen }: (typeof LOOKS)[number], shown: Shown): Promise<void> {
  const origin = String(server.api.defaults.baseURL);
  const visitor = async (who: ShownPage['who']): Promise<Page> => {
    const { page } = await browser.open(origin, { ...seen, now: server.now });
    await page.route(/^(?!.*\/(console|changes)).*$/, withShownHost);
    await page.goto(`${origin}/console/sign-in`);
    if (who !== 'nobody') await signIn(page, who === 'owner' ? OWNER : OPERATOR);
    return page;
  };
  const visitors = {
    owner: await visitor('owner'),
    operator: await visitor('operator'),
    nobody: await visitor('nobody'),
  };
  for (const { name, who, path, until } of PAGES.filter((page) => page.name.includes(wanted))) {
    const page = visitors[who];
    await page.goto(`${origin}/console${path(shown)}`);
    await ready(page);
    await closePopUp(page);
    await until?.(page);
    await page.evaluate(() => document.fonts.ready);
    const file = `${name}-${look}`;
    const isInReadme = IN_README.has(file);
    // What stands beside the page or over it is as high as the window.
    const fullPage = !isInReadme && (await page.getByRole('dialog').count()) === 0;
    await page.screenshot({ path: join(isInReadme ? README : ALL, `${file}.png`), fullPage });
  }
  for (const page of Object.values(visitors)) await page.context().close();
}

/** In the last week of a version; taken by itself once, it is in nobody's way. */
async function closePopUp(page: Page): Promise<void> {
  const later = page.getByRole('button', { name: 'Remind me next time' });
  if (!(await later.isVisible())) return;
  if (wanted === '' || 'pop-up'.includes(wanted)) await page.screenshot({ path: join(ALL, 'pop-up.png') });
  await later.click();
  await later.waitFor({ state: 'detached' });
}

/** The clock stands still while they answer; the pictures show what a network takes. */
function tookMs(name: string): number {
  const varied = (++told * 37) % 90;
  return name === 'p95Ms' ? 260 + 2 * varied : 80 + varied;
}

async function withShownHost(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = await response.text();
  const taken = body.replace(/"(durationMs|p50Ms|p95Ms)":\d+/g, (_, name: string) => `"${name}":${tookMs(name)}`);
  const { host } = new URL(receiver.url);
  await route.fulfill({ response, body: taken.replaceAll(receiver.url, SHOWN.origin).replaceAll(host, SHOWN.host) });
}
