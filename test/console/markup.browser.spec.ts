import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { event, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { ADMIN, ConsoleWorld, type Credentials } from './console-world.ts';

/** What a browser would do something with, were it ever taken for markup. Each sets a mark or makes an element. */
const CORPUS = [
  '<script>window.pwned=1</script>',
  '<img src=x onerror="window.pwned=2">',
  '"><svg onload=window.pwned=3><xss-mark>',
  "'-alert(4)-'</textarea></title><xss-mark>",
  'javascript:alert(5)',
  '{{constructor.constructor("alert(6)")()}}${alert(7)}<%= 8 %>',
  '</script><script>window.pwned=9</script>',
  '<a href="javascript:window.pwned=10">x</a><iframe srcdoc="<xss-mark>">',
  '\u202Egnp.exe\u2066<xss-mark>\u2069\u200B\uFEFF',
  '&lt;xss-mark&gt;&#60;xss-mark&#62;<!--',
];
/** For one field each: all of it where there is room, a part where there is less. */
const TEXT = CORPUS.join(' ');
const short = (length: number) => '<xss-mark onfocus=alert(1)><img src=x onerror=alert(2)>'.slice(0, length);

describe('text of others', () => {
  let world: ConsoleWorld;
  let owner: Credentials;
  let hook: string;
  let deliveryId: string;
  const dialogs: string[] = [];
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    await registerWorkspace(world.api, 'north', 'acme');
    const body = { type: 'channel', companyName: short(80), displayName: short(80), adminEmails: 'ana@acme.example' };
    await store('put', '/workspaces/acme', body);
    owner = await world.user('owner', 'acme', short(80));
    world.receiver.answer = () => ({
      status: 500,
      body: `<html><xss-mark></xss-mark>${TEXT}</html>`,
      headers: { 'Content-Type': 'text/html', 'X-Answer': '<xss-mark><img src=x onerror=alert(1)>' },
    });
    await store('post', '/triggers', {
      type: 'markup-seen',
      label: short(60),
      description: TEXT,
      schema: { type: 'object', description: TEXT, properties: { text: { type: 'string', description: TEXT } } },
      example: { text: TEXT },
    });
    const { id } = await store<{ id: string }>('post', '/settings/webhooks', {
      ...webhookBody(`${world.receiver.url}/%3Cxss-mark%3E?q="><xss-mark>&javascript:alert(1)`),
      name: short(60),
      description: TEXT,
      headers: { 'X-Markup': '<xss-mark><img src=x onerror=alert(1)>' },
      triggers: ['workspace-created', 'markup-seen'],
    });
    hook = id;
    await store('post', '/api-clients', { name: short(60), workspaceId: 'acme', scopes: ['webhooks:read'] });
    await store('post', '/workspaces/acme/console-links', { role: 'viewer', label: short(60) });
    const data = { companyName: TEXT, displayName: TEXT, type: 'child', [short(40)]: TEXT };
    await publish(world.api, event('acme', { data }));
    await world.pass(24 * 3_600_000);
    const { items } = await store<{ items: { id: string }[] }>('get', `/deliveries?webhook=${hook}&kind=event`);
    deliveryId = items[0]?.id ?? '';
  }, 60_000);
  afterAll(() => world.stop());

  async function store<T>(method: string, url: string, data?: object): Promise<T> {
    const answer = await world.api.request<T>({ method, url, data, headers: { Workspace: 'acme' } });
    if (answer.status >= 300)
      throw new Error(`${method} ${url} answered ${answer.status}: ${JSON.stringify(answer.data)}`);
    return answer.data;
  }

  const watch = (page: Page): Page => {
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    return page;
  };
  /** Nothing of it is an element, an address or a script; some of it is there to be read. */
  const isText = async (page: Page, place: string, frame = page.mainFrame()) => {
    const found = await frame.evaluate(() => ({
      elements: document.querySelectorAll(
        'xss-mark, [onerror], [onload], [onfocus], img[src="x"], iframe[srcdoc*="xss-mark"]',
      ).length,
      links: document.querySelectorAll('a[href^="javascript:" i], form[action^="javascript:" i]').length,
      mark: (window as { pwned?: unknown }).pwned,
      isRead: /xss-mark|<scr|onerror/.test(document.body.innerText),
    }));
    expect({ place, ...found }).toEqual({ place, elements: 0, links: 0, mark: undefined, isRead: true });
  };

  const PLACES: readonly (readonly [string, () => string, ((page: Page) => Promise<unknown>)?])[] = [
    ['the list', () => '/w/acme/webhooks'],
    [
      'details in place',
      () => `/w/acme/webhooks?open=${hook}`,
      (page) => page.getByTestId('delivery-row').first().waitFor(),
    ],
    ['the form', () => `/w/acme/webhooks/${hook}/edit`],
    ['the configuration', () => `/w/acme/webhooks/${hook}?tab=configuration`],
    ['the verification', () => `/w/acme/webhooks/${hook}?tab=verify`],
    ['its activity', () => `/w/acme/webhooks/${hook}?tab=activity`],
    ['the request', () => `/w/acme/deliveries/${deliveryId}?part=request`],
    ['the response', () => `/w/acme/deliveries/${deliveryId}?part=response`],
    ['the event', () => `/w/acme/deliveries/${deliveryId}?part=event`],
    ['the signatures', () => `/w/acme/deliveries/${deliveryId}?part=signatures`],
    ['the activity log', () => '/w/acme/activity'],
    ['the trigger catalog', () => '/w/acme/triggers'],
    ['the schema of a trigger', () => '/w/acme/triggers?open=markup-seen&view=schema'],
    ['the example of a trigger', () => '/w/acme/triggers?open=markup-seen&view=example'],
    ['API clients', () => '/w/acme/api-clients'],
    ['users', () => '/w/acme/users'],
    ['what is not there', () => '/w/acme/webhooks?search=%3Cxss-mark%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'],
  ];

  it('is text on every page of a workspace', async () => {
    const page = watch(await world.signedIn(owner));
    for (const [place, path, until] of PLACES) {
      await world.go(page, path());
      await until?.(page);
      if (place !== 'what is not there') await isText(page, place);
    }
    await world.go(page, `/w/acme/webhooks`);
    await page.getByRole('button', { name: /, switch$/ }).click();
    await page.getByRole('treegrid').waitFor();
    await isText(page, 'the switcher');
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page
      .getByRole('alertdialog')
      .getByText(/xss-mark/)
      .first()
      .waitFor();
    await isText(page, 'a question');
    await page.context().close();
  }, 120_000);

  it('is text on the pages of the installation, and in the preview of a mail', async () => {
    const page = watch(await world.signedIn(ADMIN));
    for (const path of [
      '/installation/mails',
      '/installation/users',
      '/installation/health',
      '/installation/versions',
    ]) {
      await world.go(page, path);
      if (path.endsWith('users')) await isText(page, path);
    }
    const { items } = await store<{ items: { id: string }[] }>('get', '/mails');
    await world.go(page, `/installation/mails?open=${items.at(-1)?.id}&view=html`);
    await page.locator('iframe').waitFor();
    for (const { html } of await world.mails()) expect(html).not.toMatch(/<(script|img|svg|iframe|xss-mark)/);
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toMatch(/allow-scripts|allow-same-origin/);
    expect(await page.locator('xss-mark').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it('runs nothing, and asks nobody for anything', () => {
    expect(dialogs).toEqual([]);
    // The frame of a mail runs no scripts, so not that of the test either, which sets its clock.
    const isOfTest = /^error: Blocked script execution in '\S+\/mails\/\S+\/html'/;
    expect(world.problems().filter((problem) => !isOfTest.test(problem))).toEqual([]);
  });
});
