import type { Page } from 'playwright-core';

const VIEW_SCRIPT = '**/assets/usage-page-*.js';

/** Makes the usage view throw when it renders, unless its script is already loaded. */
export async function breakUsageView(page: Page): Promise<void> {
  const body = "export function UsagePage() { throw new Error('broken'); }";
  await page.route(VIEW_SCRIPT, (route) => route.fulfill({ contentType: 'text/javascript', body }));
}

export async function restoreUsageView(page: Page): Promise<void> {
  await page.unroute(VIEW_SCRIPT);
}
