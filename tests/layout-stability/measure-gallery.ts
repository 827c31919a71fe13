import { expect } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { callApi } from '../web/call-api.ts';
import { openProject, generateAvatar } from '../web/generate-avatar.ts';
import { HELD_TEXT, type WebStudio } from '../web/open-web-studio.ts';
import { waitForAnimations } from '../web/wait-for-animations.ts';
import { fillGallery } from './fill-gallery.ts';
import { type Vitals, watchVitals } from './watch-vitals.ts';

/** Avatars in the gallery, and those generated above it. */
export interface GallerySize {
  readonly existing: number;
  readonly generated: number;
}

export const MEASURING_LIMIT_MS = 240_000;
/** A fifth of the limit for a good score, https://web.dev/articles/cls. */
export const LAYOUT_SHIFT_MAX = 0.02;
/** Longer than the gallery moves. */
const RESIZE_REST_MS = 500;
/** Each screen has its own account, whose gallery starts empty. */
export const SCREENS = [
  { width: 1440, user: 'alice', screen: { viewport: { width: 1440, height: 900 } } },
  { width: 390, user: 'bob', screen: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
] as const;

/** Measures the page while avatars are generated above a gallery, all of them loaded. */
export async function measureGallery(
  web: WebStudio,
  user: 'alice' | 'bob',
  screen: BrowserContextOptions,
  { existing, generated }: GallerySize,
): Promise<Vitals> {
  const { page } = await web.visit(screen);
  await openProject(page, user, 'Crowd');
  const projectId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await generateAvatar(page, 'The first');
  const tiles = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
  await tiles.first().waitFor();
  const { data } = await callApi<{ data: { id: string }[] }>(page, `/projects/${projectId}/avatars`);
  await fillGallery(web, data[0]?.id ?? '', existing - 1);

  const vitals = await watchVitals(page);
  await page.goto(`/projects/${projectId}`);
  await page.getByText(`${existing} avatars`).waitFor();
  const scrollToEnd = async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    return tiles.count();
  };
  await expect.poll(scrollToEnd, { timeout: MEASURING_LIMIT_MS }).toBe(existing);
  await page.evaluate(() => window.scrollTo(0, 0));

  web.hold();
  const item = { sourceType: 'text_to_image', prompt: `A guest, ${HELD_TEXT}` };
  await callApi(page, `/projects/${projectId}/batches`, { items: Array.from({ length: generated }, () => item) });
  await page.getByText(`${generated} generations`).waitFor();
  await waitForAnimations(page);
  await resizeStrip(page);
  web.release();
  await expect.poll(() => tiles.count(), { timeout: MEASURING_LIMIT_MS }).toBe(existing + generated);
  await page.getByRole('region', { name: 'In progress' }).waitFor({ state: 'detached' });

  const measured = await vitals();
  await page.context().close();
  return measured;
}

/** The strip above the gallery gets a row and gives it up again, without a render of the gallery, as a card's text or timer does it. */
async function resizeStrip(page: Page): Promise<void> {
  const setPadding = (paddingBottom: string) =>
    page.locator('#in-progress').evaluate((strip, value) => void (strip.style.paddingBottom = value), paddingBottom);
  for (const padding of ['80px', '0px']) {
    await setPadding(padding);
    await page.waitForTimeout(RESIZE_REST_MS);
  }
}

/** One row of figures, and one that names what shifted most. */
export function describeVitals({
  layoutShift,
  totalLayoutShift,
  longTasksMs,
  lcpMs,
  lcpElement,
  worstShift,
}: Vitals): string {
  return (
    `layout shift ${layoutShift.toFixed(4)} (in all ${totalLayoutShift.toFixed(4)}), largest contentful paint ${Math.round(lcpMs)} ms (${lcpElement}), ` +
    `${longTasksMs.length} long tasks, the longest ${Math.round(Math.max(0, ...longTasksMs))} ms\n  worst shift: ${worstShift}`
  );
}
