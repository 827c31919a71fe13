import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzip } from '../support/unzip.ts';
import { callApi } from './call-api.ts';
import { generateMany } from './generate-many.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio({ generate: 1, preset: 1, upload: 2 });
});
afterAll(() => web.close());

const AVATARS = 4;
const GENERATION_LIMIT_MS = 60_000;
const STORY_LIMIT_MS = 360_000;
const DIST = join(import.meta.dirname, '../../web/dist');
const FIRST_LOAD_MAX_BYTES = 180_000;

describe('the gallery of a project', () => {
  it(
    'supports search, selection, download, the trash with undo, and permanent deletion',
    { timeout: STORY_LIMIT_MS },
    async () => {
      const { page, complaints } = await web.visit({ viewport: { width: 1440, height: 900 } });
      await page.addInitScript(reportViolations);
      await page.goto('/projects?user=alice');
      await page.getByTestId('balance').waitFor();
      const description = 'Everybody who drinks at the Carp. '.repeat(10);
      const { id: projectId } = await callApi<{ id: string }>(page, '/projects', { name: 'Tavern cast', description });
      await page.goto(`/projects/${projectId}`);
      await generateMany(page, { projectId, count: AVATARS, prompt: 'A tavern keeper' });
      const gallery = page.getByRole('list', { name: 'Avatars' });
      const tiles = gallery.getByRole('link');
      await expect.poll(() => tiles.count(), { timeout: GENERATION_LIMIT_MS }).toBe(AVATARS);

      // The search is part of the URL and survives a reload.
      await page.getByRole('searchbox', { name: 'Search avatars' }).fill('nobody at all');
      await page.getByText('No avatars match the filters.').waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Show all' }).click();
      await expect.poll(() => tiles.count()).toBe(AVATARS);
      expect(new URL(page.url()).search).toBe('');

      // A description gives way to the tools, none of which covers another.
      for (const width of [1024, 1200, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect({ width, covered: await page.evaluate(coveredTools) }).toEqual({ width, covered: [] });
      }
      await page.setViewportSize({ width: 1440, height: 900 });

      // Two are selected, downloaded, moved to the trash and restored.
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await tiles.nth(0).click();
      await tiles.nth(1).click();
      await page.getByText('2 selected').waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Download' }).click();
      const files = await unzip(await readFile(await (await download).path()));
      expect([...files.keys()].filter((name) => name.endsWith('.webp'))).toHaveLength(2);
      await page.getByRole('button', { name: 'Move to trash' }).click();
      await expect.poll(() => tiles.count()).toBe(AVATARS - 2);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => tiles.count()).toBe(AVATARS);

      // Two are compared, also after a reload.
      for (const index of [0, 1]) await tiles.nth(index).press('x');
      await page.getByText('2 selected').waitFor();
      await page.keyboard.press('c');
      const compared = page.getByRole('dialog', { name: 'Compare' }).getByRole('article');
      await expect.poll(() => compared.count()).toBe(2);
      await page.reload();
      await expect.poll(() => compared.count()).toBe(2);
      await page.keyboard.press('Escape');
      await compared.first().waitFor({ state: 'detached' });

      // A compact grid is compact from the first paint on.
      const widthOf = async () => (await tiles.first().boundingBox())?.width ?? 0;
      const comfortable = await widthOf();
      await page.getByRole('button', { name: 'Compact grid' }).click();
      const compact = await widthOf();
      expect(compact).toBeLessThan(comfortable);
      await page.addInitScript(watchTileWidths);
      await page.reload();
      await expect.poll(() => tiles.count()).toBe(AVATARS);
      expect(await page.evaluate(() => (window as unknown as Watched).tileWidths)).toEqual([compact]);
      await page.getByRole('button', { name: 'Compact grid' }).click();

      // The prompt of an avatar fills the dialog, also after a reload.
      await tiles.first().click();
      await page.getByRole('link', { name: 'Use this prompt' }).click();
      const prompt = page.getByRole('dialog', { name: 'New avatar' }).getByRole('textbox', { name: 'Prompt' });
      await expect.poll(() => prompt.inputValue()).toContain('A tavern keeper');
      await page.reload();
      await expect.poll(() => prompt.inputValue()).toContain('A tavern keeper');
      await page.keyboard.press('Escape');
      await expect.poll(() => tiles.count()).toBe(AVATARS);

      // A link opens an avatar at its top, also one that was visited before; Back finds it as it was left.
      await page.setViewportSize({ width: 1440, height: 500 });
      const scrolled = () => page.evaluate(() => window.scrollY);
      await tiles.first().click();
      await page.getByRole('heading', { name: 'Details' }).waitFor();
      await page.evaluate(() => window.scrollTo(0, 200));
      // A click would first scroll the link into view.
      await page.getByRole('link', { name: 'Tavern cast' }).first().dispatchEvent('click');
      await tiles.first().click();
      await page.getByRole('heading', { name: 'Details' }).waitFor();
      expect(await scrolled()).toBe(0);
      await page.goBack();
      await tiles.first().waitFor();
      await page.goBack();
      await expect.poll(scrolled).toBe(200);
      await page.goBack();
      await expect.poll(() => tiles.count()).toBe(AVATARS);
      await page.setViewportSize({ width: 1440, height: 900 });

      // One is moved to the trash by keyboard and deleted permanently from there.
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.getByRole('button', { name: 'Move to trash' }).click();
      await page.getByText('Moved 1 avatar to the trash.').waitFor();
      await page.goto('/trash');
      await gallery.getByRole('button').first().click();
      await page.getByRole('button', { name: 'Delete forever' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete forever' }).click();
      await page.getByText('The trash is empty.').waitFor();

      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});

describe('the first load of the page', () => {
  it('needs less than 180 kB of gzipped scripts', async () => {
    const html = await (await fetch(web.url)).text();
    const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/gu)].map(([, path]) => path ?? '');
    const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await readFile(join(DIST, path))).byteLength));
    expect(scripts.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_MAX_BYTES);
  });
});

interface Watched {
  tileWidths: number[];
}

/** Runs in the page: what its policy forbids counts as an error, also where it is caught. */
function reportViolations(): void {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error(`The policy forbids ${violatedDirective} ${blockedURI}`),
  );
}

/** Runs in the page: the tools of the gallery of which a part is covered by something else, or by nothing else but scrolled away. */
function coveredTools(): string[] {
  const tools = document.querySelectorAll<HTMLElement>(
    '[aria-label="Filter and sort"] :is(button, input:not([aria-hidden]))',
  );
  return [...tools].flatMap((tool) => {
    tool.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    const { left, right, top, bottom } = tool.getBoundingClientRect();
    const ends = [left + 2, right - 2].map((x) => document.elementFromPoint(x, (top + bottom) / 2));
    const isWhole = ends.every((end) => end !== null && (tool.contains(end) || end.contains(tool)));
    return isWhole ? [] : [tool.ariaLabel ?? tool.innerText];
  });
}

/** Runs in the page: records the widths that the first tile has had, frame by frame. */
function watchTileWidths(): void {
  const widths: number[] = [];
  (window as unknown as Watched).tileWidths = widths;
  const record = () => {
    const width = document.querySelector('[data-tile]')?.getBoundingClientRect().width;
    if (width !== undefined && widths.at(-1) !== width) widths.push(width);
    requestAnimationFrame(record);
  };
  requestAnimationFrame(record);
}
