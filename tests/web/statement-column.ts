import type { Page } from 'playwright-core';

const COLUMNS = { Credits: 4, Available: 5 } as const;

/** The amounts in a column of the statement on this page, newest first. */
export async function statementColumn(page: Page, name: keyof typeof COLUMNS): Promise<number[]> {
  const cells = await page
    .getByRole('table', { name: 'Statement' })
    .locator(`tbody td:nth-child(${COLUMNS[name]})`)
    .allInnerTexts();
  return cells.map((text) => Number(text.replace('\u2212', '-').replaceAll(/[^\d-]/gu, '')));
}
