import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { breakUsageView } from '../web/break-view.ts';

const SAMPLE = join(import.meta.dirname, '../../docs/illustrator-presets.png');

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

export async function press(page: Page, keys: string): Promise<void> {
  await page.keyboard.press(keys);
  await page.getByRole('dialog').waitFor();
}

export async function selectTwo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  const tiles = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
  for (const nth of [1, 3]) await tiles.nth(nth).click();
}

export async function moveTwo(page: Page): Promise<void> {
  await selectTwo(page);
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

/** Does something that only the menu of the selection has. */
export async function withTwo(page: Page, action: string): Promise<void> {
  await selectTwo(page);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

export async function writePrompt(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Prompt' }).fill('A lighthouse keeper in a yellow coat, laughing');
  await page.getByRole('radio', { name: 'Watercolor' }).check();
  for (let more = 0; more < 3; more += 1) await button(page, 'One more').click();
  await page.getByText(/Falls back to/u).waitFor();
}

export async function pickPreset(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Preset' }).check();
  await page.getByRole('radio', { name: 'Archmage' }).check();
}

export async function chooseImage(page: Page): Promise<void> {
  await page.getByLabel('Image file').setInputFiles(SAMPLE);
  await page.getByLabel('Zoom').waitFor();
}

export async function breakUsage(page: Page): Promise<void> {
  await breakUsageView(page);
  await page.goto('/usage');
  await page.getByText('This page stopped working').waitFor();
}

export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.getByText('Offline').waitFor();
}

/** The chart library is loaded last. */
export async function waitForBars(page: Page): Promise<void> {
  await page.locator('svg .recharts-bar-rectangle').first().waitFor();
}
