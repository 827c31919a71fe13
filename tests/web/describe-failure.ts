import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const DESCRIPTION_MAX = 4_000;

/**
 * When a test of the calling file fails, prints for each page given to `watch` its URL, its failed requests and an accessibility
 * snapshot.
 */
export function describeFailure(): { watch(page: Page): void } {
  const refusals = new Map<Page, string[]>();
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const [page, refused] of refusals) {
      if (page.isClosed()) continue;
      const shown = await page.locator('body').ariaSnapshot();
      console.error(['On the page:', page.url(), ...refused, shown.slice(0, DESCRIPTION_MAX)].join('\n'));
    }
  });
  return {
    watch(page) {
      const refused: string[] = [];
      refusals.set(page, refused);
      page.on('response', (response) => {
        if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
      });
    },
  };
}
