import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { describeVitals, MEASURING_LIMIT_MS, LAYOUT_SHIFT_MAX, SCREENS, measureGallery } from './measure-gallery.ts';

const PROVIDERS = 4;

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
  await web.workers.stop();
  await web.studio.startWorkers({ generate: PROVIDERS, publish: 2 });
});
afterAll(() => web.close());

// One retry: a machine that stalls for a moment also shifts the layout.
it.each(SCREENS)(
  'a gallery of 500 avatars barely shifts at $width px while 20 more are generated, four at a time',
  { timeout: MEASURING_LIMIT_MS, retry: 1 },
  async ({ width, user, screen }) => {
    const vitals = await measureGallery(web, user, screen);
    console.info(`${width} px: ${describeVitals(vitals)}`);
    expect(vitals.layoutShift).toBeLessThan(LAYOUT_SHIFT_MAX);
  },
);
