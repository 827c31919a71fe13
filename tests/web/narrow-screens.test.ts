import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/long-run.ts';
import { callApi } from './call-api.ts';
import { card, generateAvatar, openProject, requestAvatar } from './generate-avatar.ts';
import { openPath } from './open-path.ts';
import { openWebStudio, REFUSED_TEXT, type WebStudio } from './open-web-studio.ts';
import { barsOverTheFocus, beyondTheEdge, watchMotion, widerThanTheDialog } from './page-probes.ts';

let web: WebStudio;
let page: Page;
let complaints: string[];
let project: string;
let avatar: string;
/** Requests without an answer yet, except the event stream, which stays open. */
const requests = new Set<Request>();
let lastRequestAt = 0;

const LONG = 'Ysolde of the Long Winter and the Seven Northern Harbours';
/** A name without a line break opportunity, such as a URL. */
const UNBREAKABLE = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
const RIGHT_TO_LEFT = 'ميرا فيل من الميناء الشمالي';
const AVATARS = 3;
/** A view is loaded after this time without a request or an answer. */
const QUIET_MS = 150;
const isQuiet = () => requests.size === 0 && Date.now() - lastRequestAt > QUIET_MS;
/** Controls of a page that get the focus one after the other. */
const FOCUSED_MAX = 30;
const LOAD_LIMIT_MS = 60_000;
const GENERATION_LIMIT_MS = 60_000;
const TOUR_LIMIT_MS = 360_000;

/** The narrowest phone, and a 1440 px screen at 200 %: WCAG 1.4.10 and 1.4.4. */
const SCREENS = [
  { name: '320 px', viewport: { width: 320, height: 640 } },
  { name: '1440 px at 200 %', viewport: { width: 720, height: 450 } },
] as const;

/** Opens a path and waits until the page shows something else than before, and has all of it. */
async function openView(path: string): Promise<void> {
  const shown = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('h1, [role=dialog], [aria-current=page]')]
        .map(({ textContent }) => textContent)
        .join(),
    );
  const before = await shown();
  await openPath(page, path);
  await expect.poll(shown).not.toBe(before);
  await settled();
}
async function settled(): Promise<void> {
  await expect.poll(isQuiet, { interval: QUIET_MS, timeout: LOAD_LIMIT_MS }).toBe(true);
}
const tiles = () => page.getByRole('list', { name: 'Avatars' }).getByRole('link');

beforeAll(async () => {
  web = await openWebStudio();
  ({ page, complaints } = await web.visit({ viewport: SCREENS[0].viewport, reducedMotion: 'reduce' }));
  await page.addInitScript(watchMotion);
  page.on('request', (request) => {
    if (request.url().endsWith('/events')) return;
    requests.add(request);
    lastRequestAt = Date.now();
  });
  const forget = (request: Request) => {
    requests.delete(request);
    lastRequestAt = Date.now();
  };
  page.on('requestfinished', forget);
  page.on('requestfailed', forget);
  await openProject(page, 'admin', UNBREAKABLE);
  project = new URL(page.url()).pathname;
  for (const text of [LONG, RIGHT_TO_LEFT, UNBREAKABLE]) await requestAvatar(page, text);
  await tiles()
    .nth(AVATARS - 1)
    .waitFor();
  await requestAvatar(page, `${LONG}, ${REFUSED_TEXT}`);
  await card(page, /Ysolde/u)
    .getByText('credits returned')
    .waitFor();
  const { data } = await callApi<{ data: { id: string; name: string }[] }>(page, `${project}/avatars`);
  avatar = `${project}/avatars/${data.find(({ name }) => name.startsWith('ميرا'))?.id}`;
});
afterAll(() => web.close());

describe(`the page at ${SCREENS.map(({ name }) => name).join(' and ')}`, () => {
  it(
    'has no view or dialog that is wider than the screen or has a control beyond its edge',
    { timeout: TOUR_LIMIT_MS },
    async () => {
      const id = project.split('/').at(-1);
      const projects = ['/projects', '/projects/new', project, `${project}?edit=${id}`, `${project}?defaults=${id}`];
      const generation = [`${project}/new`, `${project}/upload`, `${avatar}/new`, '/presets', '/presets/new'];
      const report = `/avatars/${avatar.split('/').at(-1)}/report`;
      const avatars = [
        avatar,
        `${avatar}/persona`,
        `${avatar}/attributes`,
        `${avatar}/share`,
        `${avatar}/image`,
        report,
      ];
      const account = ['/queue', '/usage', '/credits', '/notifications', '/settings', '/trash'];
      const admin = ['moderation', 'stats', 'accounts', 'switches', 'audit'].map((name) => `/admin/${name}`);
      const found: Record<string, string[]> = {};
      const check = async (view: string, number: number) => {
        for (const { name, viewport } of rowsOf('matrices', SCREENS, (_, at) => at === number % SCREENS.length)) {
          await page.setViewportSize(viewport);
          // Images and pages of lists that the larger screen shows in addition.
          await settled();
          const beyond = await page.evaluate(beyondTheEdge);
          if (beyond.length > 0) found[`${view} at ${name}`] = beyond;
        }
      };
      for (const [number, path] of [...projects, ...generation, ...avatars, ...account, ...admin].entries()) {
        await page.setViewportSize(SCREENS[0].viewport);
        await openView(path);
        await check(path, number);
      }
      expect(complaints).toEqual([]);

      await page.goto(project);
      await page.context().setOffline(true);
      await page.getByRole('status').filter({ hasText: 'Offline' }).waitFor();
      await check('offline', 0);
      await page.context().setOffline(false);
      complaints.length = 0; // of requests that failed meanwhile
      expect(found).toEqual({});
    },
  );
});

describe('a control with the focus', () => {
  it(
    'is not under the top bar or the dock, and in the lightbox it is outlined',
    { timeout: TOUR_LIMIT_MS },
    async () => {
      await page.setViewportSize(SCREENS[0].viewport);
      const found: Record<string, string[]> = {};
      for (const path of ['/settings', avatar, '/credits']) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await settled();
        const covered: string[] = [];
        for (const key of ['Tab', 'Shift+Tab']) {
          for (let presses = 0; presses < FOCUSED_MAX; presses += 1) {
            await page.keyboard.press(key);
            covered.push(...(await page.evaluate(barsOverTheFocus)));
          }
        }
        if (covered.length > 0) found[path] = [...new Set(covered)];
      }
      expect(found).toEqual({});
      await page.goto(`${avatar}/image`);
      const next = page.getByRole('button', { name: 'Next', exact: true });
      await next.waitFor();
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      const behindArrow = await next.evaluate((arrow) => getComputedStyle(arrow).backgroundColor);
      expect([outline, behindArrow]).toEqual(['solid', 'oklch(0 0 0 / 0.5)']);
    },
  );
});

describe('a list of keys or switches', () => {
  it('is aligned where its texts wrap', async () => {
    await page.setViewportSize(SCREENS[0].viewport);
    await openPath(page, '/admin/switches');
    await page.getByRole('switch').first().waitFor();
    const lefts = await page
      .locator('label:has([role=switch]) ~ p')
      .evaluateAll((notes) =>
        notes.map((note) => note.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(note).paddingLeft)),
      );
    expect(lefts.length).toBeGreaterThan(1);
    expect(new Set(lefts).size).toBe(1);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog').locator('kbd');
    await keys.first().waitFor();
    const heights = await keys.evaluateAll((all) => all.map((key) => key.clientHeight));
    expect(new Set(heights).size).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('a word that is longer than the screen is wide', () => {
  it('wraps in each field and wherever it is shown again', { timeout: TOUR_LIMIT_MS }, async () => {
    await page.setViewportSize(SCREENS[0].viewport);
    const id = project.split('/').at(-1);
    const report = `/avatars/${avatar.split('/').at(-1)}/report`;
    const found: Record<string, string[]> = {};
    for (const path of [
      `${project}/new`,
      `${project}?edit=${id}`,
      `${project}?defaults=${id}`,
      '/presets/new',
      `${avatar}/persona`,
      report,
    ]) {
      await openView(path);
      const fields = page.getByRole('dialog').locator('textarea:visible');
      await fields.first().waitFor();
      for (const field of await fields.all()) await field.fill(UNBREAKABLE.repeat(2));
      await settled();
      const beyond = await page.getByRole('dialog').evaluate(widerThanTheDialog);
      if (beyond.length > 0) found[path] = beyond;
    }
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
  });
});

describe('the sign-in page', () => {
  it.each([320, 1440])('says what it is for, and at %i px nothing moves once the accounts are known', async (width) => {
    const { page: visitor, complaints: found } = await web.visit({ viewport: { width, height: 900 } });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await visitor.route('**/sign-in-options', async (route) => {
      await released;
      await route.continue();
    });
    await visitor.goto('/sign-in');
    await visitor.getByRole('status', { name: 'Loading the sign-in options' }).waitFor();
    await visitor.evaluate(async () => void (await document.fonts.ready));
    const texts = visitor.locator('main :is(h1, h1 + p)');
    const positions = async () => Promise.all((await texts.all()).map((text) => text.boundingBox()));
    const before = await positions();
    expect(before).toHaveLength(2);
    release();
    await visitor.getByText('Choose any of these demo accounts to try the studio').waitFor();
    expect(await positions()).toEqual(before);
    expect(found).toEqual([]);
    await visitor.context().close();
  });
});

describe('a name written from right to left', () => {
  it('is shown in its own direction without changing the page’s', async () => {
    await openPath(page, avatar);
    const heading = page.getByRole('heading', { level: 1 });
    await expect.poll(() => heading.innerText()).toContain('ميرا');
    const directions = await heading.evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()?.parentElement;
      return [text && getComputedStyle(text).direction, getComputedStyle(document.body).direction];
    });
    expect(directions).toEqual(['rtl', 'ltr']);
  });
});

describe('the page with reduced motion', () => {
  it('has no animation while an avatar is generated and added to the gallery', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(project);
    await expect.poll(() => tiles().count()).toBe(AVATARS);
    await generateAvatar(page, 'A quiet guest');
    await expect.poll(() => tiles().count(), { timeout: GENERATION_LIMIT_MS }).toBe(AVATARS + 1);
    expect(await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved)).toEqual([]);
  });
});
