import type { Page } from 'playwright-core';

const PART = '**/assets/usage-page-*.js';

/** From now on the view of usage, where it was not loaded yet, throws as soon as it is drawn. */
export async function breakUsageView(page: Page): Promise<void> {
  const body = "export function UsagePage() { throw new Error('broken'); }";
  await page.route(PART, (route) => route.fulfill({ contentType: 'text/javascript', body }));
}

export async function restoreUsageView(page: Page): Promise<void> {
  await page.unroute(PART);
}
