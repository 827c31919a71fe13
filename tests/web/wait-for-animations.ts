import type { Page } from 'playwright-core';

/**
 * Waits for the end of all animations except endless ones: moving elements would be clicked at an old position, and fading ones
 * fail contrast checks.
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
