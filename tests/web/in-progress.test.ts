import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '#contract/batch.ts';
import { axeViolationsAtBothWidths } from './axe-violations.ts';
import { callApi } from './call-api.ts';
import { card, generateAvatar, openProject } from './generate-avatar.ts';
import { HELD_TEXT, openWebStudio, REFUSED_TEXT, type WebStudio } from './open-web-studio.ts';

/** Half a dozen avatars on a busy machine. */
const STORY_LIMIT_MS = 180_000;

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
    await generateAvatar(page, 'Innkeeper');
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();
    await generateAvatar(page, `A ${REFUSED_TEXT}`);
    await card(page, new RegExp(REFUSED_TEXT, 'u')).getByText('credits returned').waitFor();

    web.hold();
    const body = (prompt: string) => ({ sourceType: 'text_to_image', prompt });
    const items = [body(`Sentry ${HELD_TEXT}`), body(`Guard ${HELD_TEXT}`)];
    await callApi<Batch>(page, `/projects/${projectId}/batches`, { items });
    await page.goto('/queue');
    await page.getByText('0 of 2 done').waitFor();
    const studioQueue = page.getByRole('region', { name: 'Studio queue' });
    await studioQueue.getByText('on the free tier').waitFor();
    await studioQueue.getByText(/1 at priority/u).waitFor();
    const recent = page.getByRole('region', { name: 'Recent' });
    await recent.getByRole('link', { name: 'Innkeeper' }).waitFor();

    expect(await axeViolationsAtBothWidths(page)).toEqual([]);

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
