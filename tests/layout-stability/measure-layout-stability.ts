import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { describeVitals, MEASURING_LIMIT_MS, SHIFT_MAX, SCREENS, measureGallery } from './measure-gallery.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
});
afterAll(() => web.close());

it.each([1, 4])(
  'twenty develop above five hundred, %i side by side',
  { timeout: 2 * MEASURING_LIMIT_MS },
  async (painters) => {
    await web.workers.stop();
    const workers = await web.studio.startWorkers({ generate: painters, publish: 2 });
    try {
      for (const { width, user, screen } of SCREENS) {
        const vitals = await measureGallery(web, user, screen);
        console.info(`${width} px, ${painters} at a time: ${describeVitals(vitals)}`);
        expect(vitals.layoutShift).toBeLessThan(SHIFT_MAX);
      }
    } finally {
      await workers.stop();
    }
  },
);
