import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '#contract/batch.ts';
import { INSECURE_HOST } from '../support/chromium.ts';
import { axeViolations } from './axe-violations.ts';
import { callApi } from './call-api.ts';
import { card, generateAvatar, openProject, requestAvatar } from './generate-avatar.ts';
import { HELD_TEXT, openWebStudio, REFUSED_TEXT, type WebStudio } from './open-web-studio.ts';
import { translatePage } from './translate-page.ts';
import { openPath } from './open-path.ts';

/** Half a dozen avatars on a busy machine. */
const STORY_LIMIT_MS = 360_000;

let web: WebStudio;
beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('the queue view', { timeout: STORY_LIMIT_MS }, () => {
  it('shows the progress of batches, the load and recent results, and cancels the rest of a batch', async () => {
    const { page, complaints } = await web.visit();
    await openProject(page, 'alice', 'Tavern cast');
    const projectId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await requestAvatar(page, 'Innkeeper');
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();
    await requestAvatar(page, `A ${REFUSED_TEXT}`);
    await card(page, new RegExp(REFUSED_TEXT, 'u')).getByText('credits returned').waitFor();

    web.hold();
    const body = (prompt: string) => ({ sourceType: 'text_to_image', prompt });
    const items = [body(`Sentry ${HELD_TEXT}`), body(`Guard ${HELD_TEXT}`)];
    await callApi<Batch>(page, `/projects/${projectId}/batches`, { items });
    await openPath(page, '/queue');
    await page.getByText('0 of 2 done').waitFor();
    const studioQueue = page.getByRole('region', { name: 'Studio queue' });
    await studioQueue.getByText('on the free tier').waitFor();
    await studioQueue.getByText(/1 at priority/u).waitFor();
    const recent = page.getByRole('region', { name: 'Recent' });
    await recent.getByRole('link', { name: 'Innkeeper' }).waitFor();

    expect(await axeViolations(page, 2)).toEqual([]);

    await card(page, new RegExp(REFUSED_TEXT, 'u'))
      .getByRole('button', { name: /^Dismiss/u })
      .click();
    await recent.getByRole('button', { name: new RegExp(`^Retry.*${REFUSED_TEXT}`, 'u') }).waitFor();

    await page.getByRole('button', { name: /^Cancel the rest of/u }).click();
    await page.getByRole('heading', { name: 'Batches' }).waitFor({ state: 'detached' });
    await card(page, /Sentry/u)
      .getByText('credits returned')
      .waitFor();
    await card(page, /Guard/u).getByText('credits returned').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

const gallery = (page: Page) => page.getByRole('list', { name: 'Avatars' });
const balance = async (page: Page) => (await page.getByTestId('balance').innerText()).replaceAll(/\s/gu, ' ');

describe('a translated page, from right to left', { timeout: STORY_LIMIT_MS }, () => {
  it('goes on showing progress, failures and credits, through orders, dialogs, the trash and signing out', async () => {
    const { page, complaints } = await web.visit({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(translatePage);
    await openProject(page, 'alice', 'Polyglots');
    const before = await balance(page);
    web.hold();
    await generateAvatar(page, `Interpreter ${HELD_TEXT}`);
    await card(page, /Interpreter/u)
      .getByText('Generating with')
      .waitFor();
    await requestAvatar(page, `Linguist ${HELD_TEXT}`);
    await card(page, /Linguist/u)
      .getByText(/Next in queue/u)
      .waitFor();
    expect(await balance(page)).not.toBe(before);
    web.release();
    await gallery(page).getByText('Interpreter').waitFor();
    await gallery(page).getByText('Linguist').waitFor();
    await requestAvatar(page, `A ${REFUSED_TEXT}`);
    await card(page, new RegExp(REFUSED_TEXT, 'u')).getByText('credits returned').waitFor();
    await card(page, new RegExp(REFUSED_TEXT, 'u'))
      .getByRole('button', { name: /^Dismiss/u })
      .click();
    await card(page, new RegExp(REFUSED_TEXT, 'u')).waitFor({ state: 'detached' });

    await gallery(page)
      .getByRole('link', { name: /Linguist/u })
      .click();
    await page.getByRole('heading', { name: /Linguist/u }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await gallery(page).getByText('Linguist').waitFor();
    await page.getByRole('link', { name: 'Presets', exact: true }).click();
    await page.getByRole('heading', { name: 'Presets' }).waitFor();
    await page.getByRole('button', { name: /^Account of/u }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Alice/u }).waitFor();
    expect(await page.locator('font').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('a page that is not served securely, in a browser that blocks site data', { timeout: STORY_LIMIT_MS }, () => {
  it('creates projects and avatars, and copies', async () => {
    const url = new URL(web.url);
    url.hostname = INSECURE_HOST;
    const { page, complaints } = await web.visit({ baseURL: url.href });
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
    });
    await openProject(page, 'bob', 'House');
    expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto])).toEqual([false, false]);
    web.release();
    await generateAvatar(page, 'A housekeeper');
    await gallery(page).getByText('A housekeeper').click();
    await page.getByRole('button', { name: 'Copy recipe' }).click();
    await page.getByText('Recipe copied').waitFor();
    expect(complaints.filter((text) => !text.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
    await page.context().close();
  });
});
