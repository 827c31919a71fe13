import { afterAll, beforeAll, expect, it } from 'vitest';
import { askApi } from '../web/in-page-api.ts';
import { makeAvatar, openProject } from '../web/make-avatar.ts';
import { HELD_WORDS, openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { fillGallery } from './fill-gallery.ts';
import { type Vitals, watchVitals } from './watch-vitals.ts';

const GALLERY = 500;
const LIVE = 20;
const MEASURING_LIMIT_MS = 240_000;
const PEOPLE = ['alice', 'bob'] as const;

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
});
afterAll(() => web.close());

const SCREENS = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
] as const;

/** A fifth of what Google calls good. */
const SHIFT_MAX = 0.02;

it.each([1, 4])(
  'twenty develop above five hundred, %i side by side',
  { timeout: 2 * MEASURING_LIMIT_MS },
  async (painters) => {
    await web.workers.stop();
    const workers = await web.studio.startWorkers({ generate: painters, publish: 2 });
    for (const [index, screen] of SCREENS.entries()) {
      const vitals = await measure(PEOPLE[index]!, screen);
      console.info(`${screen.viewport.width} px, ${painters} at a time: ${inWords(vitals)}`);
      expect(vitals.shift).toBeLessThan(SHIFT_MAX);
    }
    await workers.stop();
  },
);

async function measure(user: (typeof PEOPLE)[number], screen: (typeof SCREENS)[number]): Promise<Vitals> {
  const { page } = await web.visit(screen);
  await openProject(page, user, 'Crowd');
  const projectId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await makeAvatar(page, 'The first');
  const tiles = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
  await tiles.first().waitFor();
  const { data } = await askApi<{ data: { id: string }[] }>(page, `/projects/${projectId}/avatars`);
  await fillGallery(web, data[0]?.id ?? '', GALLERY - 1);

  const vitals = await watchVitals(page);
  await page.goto(`/projects/${projectId}`);
  await page.getByText(`${GALLERY} avatars`).waitFor();
  const end = async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    return tiles.count();
  };
  await expect.poll(end, { timeout: MEASURING_LIMIT_MS }).toBe(GALLERY);
  await page.evaluate(() => window.scrollTo(0, 0));

  web.hold();
  const item = { sourceType: 'text_to_image', prompt: `A guest, ${HELD_WORDS}` };
  await askApi(page, `/projects/${projectId}/batches`, { items: Array.from({ length: LIVE }, () => item) });
  await page.getByText(`${LIVE} under way`).waitFor();
  web.release();
  await expect.poll(() => tiles.count(), { timeout: MEASURING_LIMIT_MS }).toBe(GALLERY + LIVE);
  await page.getByRole('region', { name: 'Developing' }).waitFor({ state: 'detached' });

  const seen = await vitals();
  await page.context().close();
  return seen;
}

function inWords({ shift, allShifts, longTasksMs, largestPaintMs, largestPaint, worstShift }: Vitals): string {
  return (
    `layout shift ${shift.toFixed(4)} (in all ${allShifts.toFixed(4)}), largest paint ${Math.round(largestPaintMs)} ms (${largestPaint}), ` +
    `${longTasksMs.length} long tasks, the longest ${Math.round(Math.max(0, ...longTasksMs))} ms\n  worst shift: ${worstShift}`
  );
}
