import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { rowsOf } from '../support/long-run.ts';
import { waitForAnimations } from './wait-for-animations.ts';

const PHONE = { width: 390, height: 844 };
type RunOnly = NonNullable<Parameters<AxeBuilder['options']>[0]['runOnly']>;

const ALL_RULES: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** The only rules of those whose outcome depends on the theme. */
const COLOR_RULES: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What a view may violate in one and not in another: colors do not depend on the width, nor all else on the theme. */
const APPEARANCES = [
  { screen: 'wide', colorScheme: 'light', rules: ALL_RULES },
  { screen: 'phone', colorScheme: 'light', rules: ALL_RULES },
  { screen: 'wide', colorScheme: 'dark', rules: COLOR_RULES },
] as const;

/**
 * Runs axe after all animations have ended: in both themes at the page's width, and in light mode on a phone. In `npm test`, each view
 * has one of these, with every rule.
 * @param view its number among those of its test, which decides which one that is
 * @returns one text per violation; the page keeps its width, and is in light mode
 */
export async function axeViolations(page: Page, view: number): Promise<string[]> {
  const size = page.viewportSize() ?? PHONE;
  const found: string[] = [];
  const checked = rowsOf('matrices', APPEARANCES, (_, index) => index === view % APPEARANCES.length);
  for (const { screen, colorScheme, rules } of checked) {
    await page.emulateMedia({ colorScheme });
    if (screen === 'phone') await resizeToPhone(page);
    const violations = await currentViolations(page, checked.length === 1 ? ALL_RULES : rules);
    found.push(...violations.map((violation) => `${screen}, ${colorScheme}: ${violation}`));
    if (screen === 'phone') await page.setViewportSize(size);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** As high as the page: a control that happens to lie half under the dock counts as too small, though it scrolls clear of it. */
async function resizeToPhone(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...PHONE, height: Math.max(PHONE.height, height) });
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
