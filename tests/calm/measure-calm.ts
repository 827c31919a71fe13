import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { inWords, MEASURING_LIMIT_MS, watchCrowd } from './watch-crowd.ts';

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
      const vitals = await watchCrowd(web, PEOPLE[index]!, screen);
      console.info(`${screen.viewport.width} px, ${painters} at a time: ${inWords(vitals)}`);
      expect(vitals.shift).toBeLessThan(SHIFT_MAX);
    }
    await workers.stop();
  },
);
