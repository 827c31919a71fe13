import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { describeVitals, MEASURING_LIMIT_MS, LAYOUT_SHIFT_MAX, SCREENS, measureGallery } from './measure-gallery.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
});
afterAll(() => web.close());

it.each([1, 4])(
  'a gallery of 500 avatars barely shifts while 20 more are generated, %i at a time',
  { timeout: 2 * MEASURING_LIMIT_MS },
  async (slots) => {
    await web.workers.stop();
    const workers = await web.studio.startWorkers({ generate: slots, publish: 2 });
    try {
      for (const { width, user, screen } of SCREENS) {
        const vitals = await measureGallery(web, user, screen);
        console.info(`${width} px, ${slots} at a time: ${describeVitals(vitals)}`);
        expect(vitals.layoutShift).toBeLessThan(LAYOUT_SHIFT_MAX);
      }
    } finally {
      await workers.stop();
    }
  },
);
