import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { describeVitals, MEASURING_LIMIT_MS, LAYOUT_SHIFT_MAX, SCREENS, measureGallery } from './measure-gallery.ts';

const long = readLongRun('layout');
const SIZE = long === undefined ? { existing: 100, generated: 8 } : { existing: 500, generated: 20 };
/** Avatars generated at a time. */
const SLOTS = long === undefined ? [4] : [1, 4];

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
});
afterAll(() => web.close());

describe.each(SLOTS)(
  `a gallery of ${SIZE.existing} avatars while ${SIZE.generated} more are generated, %i at a time`,
  (slots) => {
    let workers: WebStudio['workers'];
    beforeAll(async () => {
      await web.workers.stop();
      workers = await web.studio.startWorkers({ generate: slots, publish: 2 });
    });
    afterAll(() => workers.stop());

    // One retry: a machine that stalls for a moment also shifts the layout.
    it.each(SCREENS)(
      'barely shifts at $width px',
      { timeout: MEASURING_LIMIT_MS, retry: 1 },
      async ({ width, user, screen }) => {
        const vitals = await measureGallery(web, user, screen, SIZE);
        reportFigure(`${width} px, ${slots} at a time: ${describeVitals(vitals)}`);
        expect(vitals.layoutShift).toBeLessThan(LAYOUT_SHIFT_MAX);
      },
    );
  },
);
