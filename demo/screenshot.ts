import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser } from '#tests/support/chromium.ts';
import type { DemoStudio } from './demo-studio.ts';

const FILE = join(import.meta.dirname, '../docs/demo.webp');
/** Two pages beside each other: together as wide as a README's column at twice its resolution. */
const VIEWPORT = { width: 900, height: 1_000 };
/** The same quality as the images in docs/screens. */
const QUALITY = 72;
/** For images and the Temporal UI's timeline: neither page is ever idle, because both stay connected. */
const SETTLE_MS = 3_000;

async function capture(browser: Browser, url: string, text: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(url);
  const shown = page.getByText(text).first();
  await shown.waitFor();
  await page.waitForTimeout(SETTLE_MS);
  // The workflow's timeline is below its summary.
  await shown.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  return page.screenshot();
}

/**
 * Captures the project's page and a workflow in the Temporal UI, side by side, into docs/demo.webp.
 *
 * @param generationId of the workflow
 * @returns the file's path
 * @throws Error that says what to install when there is no Chromium
 */
export async function captureScreenshot(studio: DemoStudio, generationId: string): Promise<string> {
  const browser = await openBrowser();
  try {
    const page = await capture(browser, studio.pageUrl, 'Demo');
    const workflow = await capture(browser, studio.links(generationId)['Temporal UI']!, 'generateImage');
    await sharp({ create: { width: VIEWPORT.width * 2, height: VIEWPORT.height, channels: 3, background: 'white' } })
      .composite([
        { input: page, left: 0, top: 0 },
        { input: workflow, left: VIEWPORT.width, top: 0 },
      ])
      .webp({ quality: QUALITY })
      .toFile(FILE);
    return FILE;
  } finally {
    await browser.close();
  }
}
