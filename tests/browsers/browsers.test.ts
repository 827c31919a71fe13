import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { twoColors } from '../web/two-colors.ts';
import { openPage } from './browser-page.ts';
import { NEW_USER_STORY } from './new-user-story.ts';
import { openFirefox } from './open-firefox.ts';
import { openWebKit } from './open-webkit.ts';
import { watchErrors } from './watch-errors.ts';

/** A dozen parts, each of which waits for what it sees. */
const STORY_LIMIT_MS = 10 * 60_000;
const BROWSERS = { Firefox: openFirefox, WebKit: openWebKit };
const SCREENS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
/** What each part of the story ended with, to look at. */
const SEEN = join(import.meta.dirname, '../../.data/browsers');

const stories = Object.entries(BROWSERS).flatMap(([browser, open]) =>
  SCREENS.map((screen) => ({ browser, open, ...screen })),
);

describe.skipIf(readLongRun('browsers') === undefined)('the story of a new user', () => {
  let scratch: string;
  let file: string;
  let web: WebStudio;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'avatar-browsers-'));
    const image = await twoColors();
    file = join(scratch, image.name);
    await writeFile(file, image.buffer);
    await mkdir(SEEN, { recursive: true });
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it.each(stories)(
    'is the same in $browser, $width px wide, without an error',
    async ({ browser, open, width, height }) => {
      web = await openWebStudio();
      const watched = await watchErrors(web.url);
      const driver = await open();
      const page = await openPage(driver);
      const setting = { web, url: watched.url, user: /Alice/u, isNarrow: width < 640, file };
      try {
        await page.resize(width, height);
        expect(await page.evaluate('return [innerWidth, innerHeight]')).toEqual([width, height]);
        const parts = Object.entries(NEW_USER_STORY);
        const startedAt = performance.now();
        for (const [index, [name, play]] of parts.entries()) {
          const played = play(page, setting);
          await played.catch(() => undefined);
          await writeFile(join(SEEN, `${browser}-${width}-${index + 1}.png`), await page.screenshot());
          await played;
          expect({ name, errors: watched.newErrors() }).toEqual({ name, errors: [] });
        }
        expect(await web.studio.violations()).toEqual([]);
        const seconds = Math.round((performance.now() - startedAt) / 1000);
        reportFigure(`${browser} ${driver.version} at ${width} px: ${parts.length} parts in ${seconds} s`);
      } finally {
        await driver.end();
        watched.close();
        await web.close();
      }
    },
    STORY_LIMIT_MS,
  );
});
