import type { Page } from 'playwright-core';

const CREDITS = 4;

/** The credits that each row of the statement on this page comes to, the latest first. */
export async function statementCredits(page: Page): Promise<number[]> {
  const cells = await page
    .getByRole('table', { name: 'Statement' })
    .locator(`tbody td:nth-child(${CREDITS})`)
    .allInnerTexts();
  return cells.map((text) => Number(text.replace('\u2212', '-').replaceAll(/[^\d-]/gu, '')));
}
