import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { waitForAnimations } from './wait-for-animations.ts';

const PHONE = { width: 390, height: 844 };
type RunOnly = NonNullable<Parameters<AxeBuilder['options']>[0]['runOnly']>;

const ALL_RULES: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** The only rules of those whose outcome depends on the theme. */
const COLOR_RULES: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/**
 * Runs axe after all animations have ended: in both themes on a wide screen, and in light mode on a phone, since colors do not depend
 * on the width. In dark mode it checks colors only: roles, names and sizes are those of light mode.
 * @returns one text per violation; the page stays in light mode
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  const isPhone = page.viewportSize()?.width === PHONE.width;
  const check = async (colorScheme: 'dark' | 'light', rules: RunOnly) => {
    await page.emulateMedia({ colorScheme });
    found.push(...(await currentViolations(page, rules)).map((violation) => `${colorScheme}: ${violation}`));
  };
  if (!isPhone) await check('dark', COLOR_RULES);
  await check('light', ALL_RULES);
  return found;
}

/** Runs {@link axeViolations} at the current width and on a phone's. The page keeps its width. */
export async function axeViolationsAtBothWidths(page: Page): Promise<string[]> {
  const wide = page.viewportSize() ?? PHONE;
  const found = await axeViolations(page);
  await page.setViewportSize(PHONE);
  // As high as the page: a control that happens to lie half under the dock counts as too small, though it scrolls clear of it.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...PHONE, height: Math.max(PHONE.height, height) });
  const onPhone = (await axeViolations(page)).map((violation) => `${PHONE.width} px, ${violation}`);
  await page.setViewportSize(wide);
  return [...found, ...onPhone];
}

async function currentViolations(page: Page, runOnly: RunOnly): Promise<string[]> {
  await waitForAnimations(page);
  // Base UI's focus guards pass the focus on at once; axe reports them as elements that lose it.
  // Legacy mode skips merging the results of frames, which this page has none of, and takes half the time.
  // Reporting violations only, without fetching style sheets again, halves it once more.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], preload: false, runOnly })
    .exclude('[data-base-ui-focus-guard]')
    .setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
