import type { Page } from 'playwright-core';

/**
 * Resolves when nothing on the page moves any more but what moves for ever: what glides is pressed where it was a moment ago,
 * and looked at half faded.
 */
export async function waitForAnimations(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
}
