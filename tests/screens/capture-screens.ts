import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from '../web/open-web-studio.ts';
import { populateStudio, type PopulatedStudio } from './populate-studio.ts';
import { type View, VIEWS } from './views.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screens');
/** Good enough to show hairlines, small enough for 150 files in a repository. */
const QUALITY = 72;
const ONLY = process.env['SCREENS'];

interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  readonly kind: 'desktop' | 'tablet' | 'phone';
}

const SCREENS: readonly Screen[] = [
  { name: '1440-light', width: 1440, height: 900, colorScheme: 'light', kind: 'desktop' },
  { name: '1440-dark', width: 1440, height: 900, colorScheme: 'dark', kind: 'desktop' },
  { name: '820-light', width: 820, height: 1180, colorScheme: 'light', kind: 'tablet' },
  { name: '390-light', width: 390, height: 844, colorScheme: 'light', kind: 'phone' },
  { name: '390-dark', width: 390, height: 844, colorScheme: 'dark', kind: 'phone' },
];

let web: WebStudio;
let studio: PopulatedStudio;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  web = await openWebStudio();
  const { page } = await web.visit();
  await page.goto('/projects?user=bob');
  await page.getByText(/avatars that belong together/u).waitFor();
  studio = await populateStudio(web, page);
  await page.context().close();
});
afterAll(async () => {
  await web.close();
  await writeIndex();
});

it.each(SCREENS)('every view can be captured at $name', async (screen) => {
  const { name: screenName, width, height, colorScheme, kind } = screen;
  const failed: string[] = [];
  for (const user of ['bob', 'admin', 'alice', 'none'] as const) {
    const { page } = await web.visit({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      ...(kind !== 'desktop' && { hasTouch: true, isMobile: true, deviceScaleFactor: 1.5 }),
    });
    if (user !== 'none') {
      await page.goto(`/projects?user=${user}`);
      await page.getByTestId('balance').waitFor();
    }
    for (const view of viewsFor(screen).filter((each) => (each.user ?? 'bob') === user)) {
      await open(page, view).catch((error: unknown) =>
        failed.push(`${view.name}: ${String(error).split('\n', 3).join(' ')}`),
      );
      const png = await page.screenshot();
      await sharp(png)
        .webp({ quality: QUALITY, effort: 6 })
        .toFile(join(FOLDER, `${view.name}-${screenName}.webp`));
      await page.context().setOffline(false);
    }
    await page.context().close();
  }
  expect(failed).toEqual([]);
});

async function writeIndex(): Promise<void> {
  const existing = new Set(await readdir(FOLDER));
  const known = new Set(VIEWS.flatMap(({ name }) => SCREENS.map((screen) => `${name}-${screen.name}.webp`)));
  for (const file of existing) if (file.endsWith('.webp') && !known.has(file)) await rm(join(FOLDER, file));
  const cell = (view: View, screen: Screen) => {
    const file = `${view.name}-${screen.name}.webp`;
    return existing.has(file) ? `[${screen.name.replace('-', ' ')}](${file})` : '';
  };
  const lines = VIEWS.map((view) => `| ${view.title} | ${SCREENS.map((screen) => cell(view, screen)).join(' | ')} |`);
  const head = ['| View | Desktop | | Tablet | Phone | |', '| --- | --- | --- | --- | --- | --- |'];
  const introduction = [
    '# Screens',
    '',
    'Every view and dialog, captured from a running studio by `npm run screens`. `SCREENS=create-avatar,project npm run screens` captures only views whose names start with one of these.',
    '',
  ];
  await writeFile(join(FOLDER, 'README.md'), `${[...introduction, ...head, ...lines].join('\n')}\n`);
}

function viewsFor({ kind, colorScheme }: Screen): View[] {
  const everyView = kind === 'desktop' || (kind === 'phone' && colorScheme === 'light');
  const prefixes = ONLY?.split(',');
  return VIEWS.filter(({ name }) => prefixes?.some((prefix) => name.startsWith(prefix)) ?? true).filter(
    ({ main }) => everyView || main,
  );
}

/** Opens a view, waits for its text, performs its steps, and waits until images are loaded and animations have ended. */
async function open(page: Page, view: View): Promise<void> {
  await page.goto(view.path(studio));
  if (view.text) await page.getByText(view.text).first().waitFor({ state: 'attached', timeout: 15_000 });
  await view.prepare?.(page);
  await page.waitForFunction(() => document.querySelector('[aria-label^="Reading"]') === null);
  await page.evaluate(async () => {
    const visible = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    await Promise.all(visible.map((image) => image.decode().catch(() => undefined)));
    await Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    );
  });
}
