import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { waitForAnimations } from './wait-for-animations.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong in either theme, one line each, once nothing moves any more. Leaves the page light. */
export async function axeViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await currentViolations(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}

const PHONE = { width: 390, height: 844 };

/** The same on the screen it has and on a phone's. Leaves the page as wide as it was. */
export async function axeViolationsAtBothWidths(page: Page): Promise<string[]> {
  const wide = page.viewportSize() ?? PHONE;
  const found = await axeViolations(page);
  await page.setViewportSize(PHONE);
  const onPhone = (await axeViolations(page)).map((fault) => `${PHONE.width} px, ${fault}`);
  await page.setViewportSize(wide);
  return [...found, ...onPhone];
}

async function currentViolations(page: Page): Promise<string[]> {
  await waitForAnimations(page);
  // Base UI's focus guards hand the focus on the moment they get it; axe takes them for a place where it is lost.
  // The page has no frames: without the second page in which their results would be put together it takes half the time.
  // Only what fails is put into words, and no style sheet is fetched again: half the time once more.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(RULES)
    .exclude('[data-base-ui-focus-guard]')
    .setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
