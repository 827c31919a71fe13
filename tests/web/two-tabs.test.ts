import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credits } from '#contract/credits.ts';
import type { Generation } from '#contract/generation.ts';
import type { ListOf } from '#contract/list.ts';
import { PING_MS } from '#web/live/shared-events.ts';
import { callApi } from './call-api.ts';
import { card, generateAvatar, openProject, requestAvatar } from './generate-avatar.ts';
import { HELD_TEXT, openWebStudio, type WebStudio } from './open-web-studio.ts';

/** Several avatars on a busy machine. */
const STORY_LIMIT_MS = 360_000;
const MINUTE_MS = 60_000;

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('two tabs of one user', () => {
  it('show the same state through one event stream, also after the tab with the stream is closed', async () => {
    const { page: first } = await web.visit();
    await openProject(first, 'alice', 'Night watch');
    const second = await first.context().newPage();
    const streams: string[] = [];
    second.on('request', (request) => {
      if (request.url().endsWith('/events')) streams.push(request.url());
    });
    await second.goto('/?user=alice');
    await second.getByRole('link', { name: /Night watch/u }).click();
    await second.getByRole('heading', { name: 'Night watch' }).waitFor();
    await generateAvatar(first, 'A second guest');
    await second.getByRole('article', { name: 'A second guest' }).waitFor();
    await second.getByRole('list', { name: 'Avatars' }).getByText('A second guest').waitFor();
    const balances = () => Promise.all([first, second].map((tab) => tab.getByTestId('balance').innerText()));
    await expect.poll(async () => new Set(await balances()).size).toBe(1);
    expect(streams).toEqual([]);

    await first.close();
    await requestAvatar(second, 'A third guest');
    await second.getByRole('list', { name: 'Avatars' }).getByText('A third guest').waitFor();
    expect(streams).toHaveLength(1);
    await second.context().close();
  });
});

describe('the tab with the stream', { timeout: STORY_LIMIT_MS }, () => {
  it('loses it while it is frozen: another tab takes over within a minute, and one stream is left afterwards', async () => {
    const { page: frozen } = await web.visit();
    await openProject(frozen, 'alice', 'Glacier');
    const context = frozen.context();
    const awake = await context.newPage();
    await awake.addInitScript(pingOften, PING_MS);
    await awake.goto(`${new URL(frozen.url()).pathname}?user=alice`);
    await awake.getByRole('heading', { name: 'Glacier' }).waitFor();
    const debug = await context.newCDPSession(frozen);
    await debug.send('Debugger.enable');
    const paused = new Promise((resolve) => debug.once('Debugger.paused', resolve));
    await debug.send('Debugger.pause');
    const wakeUp = frozen.evaluate(() => 'awake'); // the next code of the tab pauses
    await paused;
    const streams: Page[] = [];
    context.on('request', (request) => {
      if (request.url().endsWith('/events')) streams.push(request.frame().page());
    });
    const projectId = new URL(awake.url()).pathname.split('/')[2];
    const body = { sourceType: 'text_to_image', prompt: 'A mountaineer' };
    await callApi(awake, `/projects/${projectId}/generations`, body);
    const avatar = (page: Page) => page.getByRole('list', { name: 'Avatars' }).getByText('A mountaineer');
    await avatar(awake).waitFor({ timeout: MINUTE_MS });
    expect(streams).toEqual([awake]);

    await debug.send('Debugger.resume');
    await debug.send('Debugger.disable');
    expect(await wakeUp).toBe('awake');
    await avatar(frozen).waitFor();
    expect(streams).toEqual([awake]);
    await context.close();
  });
});

describe('two devices of one user', { timeout: STORY_LIMIT_MS }, () => {
  it('retry a failed generation once, and both show its successor: pressed on both, twice, and without an answer', async () => {
    const [phone, laptop] = await Promise.all([web.visit(), web.visit()]);
    await openProject(phone.page, 'bob', 'Lighthouses');
    await laptop.page.goto(`${new URL(phone.page.url()).pathname}?user=bob`);
    const { total, held } = counters(phone.page);

    const pressedOnBoth = await fail(phone.page, 'Keeper');
    web.hold();
    const letThrough = await holdRetries([phone.page, laptop.page]);
    for (const { page } of [phone, laptop])
      await card(page, pressedOnBoth)
        .getByRole('button', { name: /^Retry/u })
        .dblclick();
    await letThrough();
    for (const { page } of [phone, laptop])
      await card(page, pressedOnBoth)
        .getByText(/Generating|in queue/u)
        .waitFor();
    expect([await total(), await held()]).toEqual([2, 10]);
    web.release();
    await expect.poll(held).toBe(0);

    const unanswered = await fail(phone.page, 'Diver');
    web.hold();
    await phone.page.route('**/retry', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await card(phone.page, unanswered)
      .getByRole('button', { name: /^Retry/u })
      .click();
    const again = card(laptop.page, unanswered).getByRole('link', { name: /^Being generated again/u });
    await again.waitFor();
    expect(
      await card(laptop.page, unanswered)
        .getByRole('button', { name: /^Retry/u })
        .count(),
    ).toBe(0);
    await phone.page.unrouteAll({ behavior: 'wait' });
    await phone.page.reload();
    await card(phone.page, unanswered).first().waitFor();
    expect(
      await card(phone.page, unanswered)
        .getByRole('button', { name: /^Retry/u })
        .count(),
    ).toBe(0);
    expect([await total(), await held()]).toEqual([4, 10]);

    web.release();
    await card(laptop.page, unanswered)
      .getByRole('link', { name: /^Generated again/u })
      .click();
    await laptop.page.waitForURL('**/avatars/*');
    // A favorite that is set on one device is shown on the other.
    await laptop.page
      .getByRole('main')
      .getByRole('button', { name: /^Favorite/u })
      .first()
      .click();
    await phone.page
      .getByRole('button', { name: /^Favorite .*Diver/u, pressed: true })
      .first()
      .waitFor();
    expect([...phone.complaints, ...laptop.complaints].filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
    await Promise.all([phone, laptop].map(({ page }) => page.context().close()));
  });
});

/** Runs in the page: lets a tab ping every half second whether the tab with the stream answers. */
function pingOften(pingMs: number): void {
  const { setInterval } = window;
  window.setInterval = ((handler: () => void, ms: number) =>
    setInterval(handler, ms === pingMs ? 500 : ms)) as typeof window.setInterval;
}

/** Requests an avatar that fails once, and waits for the failure. @returns what its card is called */
async function fail(page: Page, name: string): Promise<RegExp> {
  const text = `${name} ${HELD_TEXT}`;
  web.studio.replicate.script({ on: 'prediction', fault: 'nsfw', promptIncludes: name, times: 1 });
  web.release();
  await requestAvatar(page, text);
  await card(page, new RegExp(name, 'u')).getByText('credits returned').waitFor();
  return new RegExp(name, 'u');
}

/** Keeps retries from reaching the API, so that each device presses before it knows of the other. @returns lets them through */
async function holdRetries(pages: readonly Page[]): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const page of pages) {
    await page.route('**/retry', async (route) => {
      await promise;
      await route.continue();
    });
  }
  return async () => {
    resolve();
    for (const page of pages) await page.unrouteAll({ behavior: 'wait' });
  };
}

/** How many generations the user has, and how many credits they hold. */
function counters(page: Page) {
  const read = async <Body>(path: string) => callApi<Body>(page, path);
  return {
    total: async () => (await read<ListOf<Generation>>('/generations')).meta.total,
    held: async () => (await read<Credits>('/credits')).held,
  };
}
