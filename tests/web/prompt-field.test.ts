import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.ts';
import { generateAvatar, openProject } from './generate-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('the prompt field', () => {
  it('completes earlier prompts with Tab, and shows an enhanced prompt before applying it', async () => {
    const { page } = await web.visit({ viewport: { width: 1440, height: 900 } });
    await openProject(page, 'admin', 'Words');
    await generateAvatar(page, 'A lighthouse keeper in a yellow coat');
    await page.getByRole('list', { name: 'Avatars' }).getByText('A lighthouse keeper').waitFor();
    await page.reload();
    await page.getByRole('list', { name: 'Avatars' }).getByText('A lighthouse keeper').waitFor();
    await page.keyboard.press('Control+Enter');
    const prompt = page.getByRole('textbox', { name: 'Prompt' });
    // The draft outlasts a reload, so that the next avatar can be a variant of the last.
    await expect.poll(() => prompt.inputValue()).toBe('A lighthouse keeper in a yellow coat');
    await prompt.fill('');
    await prompt.pressSequentially('a lighthouse k');
    // With the period: while it loads, the longer draft may be continued instead.
    await page.getByText('Suggestion: eeper in a yellow coat.', { exact: false }).waitFor({ state: 'attached' });
    await prompt.press('Tab');
    await expect.poll(() => prompt.inputValue()).toBe('a lighthouse keeper in a yellow coat');
    await prompt.press('Control+e');
    const offer = page.getByRole('region', { name: 'Enhanced prompt' });
    await offer.waitFor();
    expect(await axeViolations(page, 1)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => prompt.inputValue()).toMatch(/^a lighthouse keeper in a yellow coat, ./u);
    await page.context().close();
  });
});
