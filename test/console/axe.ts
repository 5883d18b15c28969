import axe, { type AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    readonly axe: { run: (context: object, options: object) => Promise<AxeResults> };
  }
}

/** Before the pages are opened: the policy of the console lets nobody put a script into a page later. */
export const bringAxe = (context: BrowserContext): Promise<void> =>
  context.addInitScript({ content: axe.source }).then(() => undefined);

/** What axe finds wrong with the page as it is now: WCAG 2.2 A and AA, and good practice, or these rules. Each by rule and place. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // What is still fading in, or was told of another theme a moment ago, has not its colours yet.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) };
  const found = await page.evaluate((asked) => window.axe.run(document, asked), options);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
