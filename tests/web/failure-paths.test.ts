import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import type { ListOf } from '#contract/list.ts';
import { LEXICON } from '#domain/moderation/prompt-lexicon.ts';
import { RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import { callApi } from './call-api.ts';
import { card, generateAvatar, openProject, requestAvatar } from './generate-avatar.ts';
import { HELD_TEXT, openWebStudio, REFUSED_TEXT, type WebStudio } from './open-web-studio.ts';
import { signInWithCredits } from './sign-in-with-credits.ts';

/** The starter credits of a free account (100) pay for two, but not for three. */
const PRICE = 40;
/** Twice the page's longest pause between two reconnect attempts. */
const RECONNECT_LIMIT_MS = 60_000;
const STORY_LIMIT_MS = 360_000;
let web: WebStudio;
let page: Page;

beforeAll(async () => {
  web = await openWebStudio({ generate: PRICE, preset: PRICE, upload: PRICE });
  ({ page } = await web.visit({ viewport: { width: 1440, height: 900 } }));
  await openProject(page, 'alice', 'Gallows');
});
afterAll(() => web.close());
afterEach(() => web.hold());

const balance = () => page.getByTestId('balance').innerText();

describe('a prompt that violates a rule', () => {
  it('is refused while typing and on submit, without a charge or a loss of text', async () => {
    const text = `a ${LEXICON.minor[0]}, ${LEXICON.explicit[0]}`;
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'New avatar' });
    const prompt = dialog.getByRole('textbox', { name: 'Prompt' });
    await prompt.fill(text);
    await dialog.getByRole('status').filter({ hasText: RULE_REASONS.minor_sexual }).waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog.getByRole('alert').filter({ hasText: RULE_REASONS.minor_sexual }).waitFor();
    expect([await prompt.inputValue(), await balance()]).toEqual([text, '100\u00A0credits']);
    await prompt.fill('');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(0);
  });
});

describe('a generation that the provider refuses', () => {
  it('shows the reason and the returned credits, and can be edited, retried and dismissed', async () => {
    await generateAvatar(page, `A ${REFUSED_TEXT}`);
    const refused = card(page, new RegExp(REFUSED_TEXT, 'u'));
    await refused.getByText('The provider refused this prompt. Reword it and try again.').waitFor();
    await refused.getByText(`${PRICE} credits returned`).waitFor();
    await expect.poll(balance).toBe('100\u00A0credits');

    await refused.getByRole('link', { name: /^Edit and retry/u }).click();
    const prompt = page.getByRole('dialog').getByRole('textbox', { name: 'Prompt' });
    expect(await prompt.inputValue()).toBe(`A ${REFUSED_TEXT}`);
    await page.keyboard.press('Escape');
    await refused.getByRole('button', { name: /^Dismiss/u }).click();
    await refused.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Describe someone to generate the first avatar.').waitFor();
    expect(await refused.count()).toBe(0);
  });
});

describe('cancelling on the page', () => {
  it('works with one click in the queue and during generation, and returns the credits', async () => {
    await generateAvatar(page, `First ${HELD_TEXT}`);
    await card(page, /First/u).getByText('Generating with').waitFor();
    await requestAvatar(page, `Second ${HELD_TEXT}`);
    const second = card(page, /Second/u);
    await second.getByText(/Next in queue/u).waitFor();
    await expect.poll(balance).toBe('20\u00A0credits');

    await second.getByRole('button', { name: /^Cancel/u }).click();
    await second.getByText(`${PRICE} credits returned`).waitFor();
    await card(page, /First/u)
      .getByRole('button', { name: /^Cancel/u })
      .click();
    await card(page, /First/u).getByText(`${PRICE} credits returned`).waitFor();
    await expect.poll(balance).toBe('100\u00A0credits');
    expect(await web.studio.violations()).toEqual([]);
  });
});

describe('the page after a lost connection', () => {
  it('shows that it is offline, and all changes after it reconnects, without a reload', async () => {
    await requestAvatar(page, `Third ${HELD_TEXT}`);
    await card(page, /Third/u).getByText('Generating with').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Offline').waitFor();
    web.release();
    const { token } = await page.evaluate(() => JSON.parse(sessionStorage.getItem('session') ?? '{}'));
    const status = async () => (await web.api.client.ok('listGenerations', { token })).body.data[0]?.status;
    await expect.poll(status).toBe('completed');
    await page.context().setOffline(false);
    await page.getByRole('list', { name: 'Avatars' }).getByText('Third').waitFor();
    await expect.poll(() => page.getByText('Offline').count()).toBe(0);
    await expect.poll(balance).toBe('60\u00A0credits');
  });
});

describe('a page that is not loaded yet', () => {
  it('says so while offline instead of giving way to the browser’s error page, and opens by itself afterwards', async () => {
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Presets', exact: true }).click();
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The studio can’t be reached.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'Presets' }).waitFor();
    await page.goBack();
    await page.getByRole('list', { name: 'Avatars' }).getByText('Third').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('a user with five credits', () => {
  it('sees on the button how many are missing, and sends nothing by pressing it', async () => {
    const { page: poor } = await web.visit({ viewport: { width: 1440, height: 900 } });
    await signInWithCredits(poor, web, 5);
    await poor.goto('/projects/new');
    await poor.getByRole('textbox', { name: 'Name' }).fill('Attic');
    await poor.getByRole('button', { name: 'Create project' }).click();
    await poor.getByRole('heading', { name: 'Attic' }).waitFor();
    await expect.poll(() => poor.getByTestId('balance').innerText()).toBe('5\u00A0credits');
    const sent: string[] = [];
    poor.on('request', (request) => {
      if (/generations|batches/u.test(request.url()) && request.method() !== 'GET') sent.push(request.url());
    });
    await poor.getByRole('link', { name: /^New avatar/u }).click();
    const dialog = poor.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Fifth');
    const pay = dialog.getByRole('button', { name: `${PRICE - 5} more credits needed` });
    expect(await pay.getAttribute('aria-disabled')).toBe('true');
    await pay.click({ force: true }); // Playwright does not click disabled controls otherwise
    await poor.keyboard.press('Control+Enter');
    await poor.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await card(poor, /Fifth/u).count()).toBe(0);
    expect(sent).toEqual([]);
    await poor.context().close();
  });
});

describe('the page without workers', () => {
  it('accepts a generation and shows that it waits', async () => {
    const other = await web.visit();
    await openProject(other.page, 'bob', 'Night');
    await web.workers.stop();
    await generateAvatar(other.page, 'Lighthouse keeper');
    await card(other.page, /Lighthouse/u)
      .getByText('Accepted, waiting to enter the queue')
      .waitFor();
    await web.studio.startWorkers({ generate: 1, publish: 2 });
    await other.page.getByRole('list', { name: 'Avatars' }).getByText('Lighthouse keeper').waitFor();
    await expect.poll(() => other.page.getByTestId('balance').innerText()).toBe('960\u00A0credits');
  });
});

describe('the page after the API process was killed', () => {
  it(
    'shows that it reconnects, keeps its content, and misses no change after the restart',
    async () => {
      const api = await web.moveApiToProcess();
      await expect.poll(() => page.getByText('Reconnecting').count()).toBe(0);
      await requestAvatar(page, `Fourth ${HELD_TEXT}`);
      await card(page, /Fourth/u)
        .getByText('Generating with')
        .waitFor();
      const [{ id }] = (await callApi<ListOf<Generation>>(page, '/generations?limit=1')).data as [Generation];
      await api.kill();
      await page.getByRole('status').getByText('Reconnecting').waitFor();
      await page.getByRole('list', { name: 'Avatars' }).getByText('Third').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      web.release();
      expect(await web.studio.ended(id)).toMatchObject({ status: 'completed' });
      await api.start();
      await page.getByRole('list', { name: 'Avatars' }).getByText('Fourth').waitFor({ timeout: RECONNECT_LIMIT_MS });
      await expect.poll(() => page.getByText('Reconnecting').count()).toBe(0);
      await expect.poll(balance).toBe('50\u00A0credits');
      expect(await card(page, /Fourth/u).count()).toBe(0);
    },
    STORY_LIMIT_MS,
  );
});
