import type { Page } from 'playwright-core';

/**
 * Opens a path as a link to it does, without loading the page again, which costs half a second of a core. Returns when the page has
 * sent its first requests for it.
 */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate(async (to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    // Without a timeout, an endless animation on a slow machine would leave no idle time.
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
  }, path);
}
