import type { Page } from 'playwright-core';

/** Far longer than any animation of the page. */
const ANIMATION_LIMIT_MS = 30_000;

/**
 * Waits for the end of all animations except endless ones: moving elements would be clicked at an old position, and fading ones
 * fail contrast checks.
 * @throws Error that names the animations that do not end
 */
export async function waitForAnimations(page: Page): Promise<void> {
  const running = await page.evaluate(async (limitMs) => {
    const animations = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    const finished = Promise.all(animations.map((animation) => animation.finished.catch(() => undefined)));
    const limit = new Promise<true>((resolve) => setTimeout(resolve, limitMs, true));
    if ((await Promise.race([finished, limit])) !== true) return [];
    return animations.map(({ playState, effect }) => {
      const { target } = effect as KeyframeEffect;
      return `${playState}: ${target?.outerHTML.slice(0, 200)}`;
    });
  }, ANIMATION_LIMIT_MS);
  if (running.length > 0) throw new Error(`Animations do not end: ${running.join('\n')}`);
}
