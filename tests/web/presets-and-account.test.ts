import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi } from './call-api.ts';
import { openProject, requestAvatar } from './generate-avatar.ts';
import { openWebStudio, REFUSED_TEXT, type WebStudio } from './open-web-studio.ts';
import { statementCredits } from './statement-credits.ts';
import { openPath } from './open-path.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('presets', () => {
  it('are found by search, and create an avatar in a chosen project', async () => {
    const { page, complaints } = await web.visit();
    await openProject(page, 'bob', 'Cast');
    await openPath(page, '/presets');
    await page.getByRole('link', { name: 'Use preset: Archmage' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('archmage');
    await page.getByRole('link', { name: 'Use preset: Executive' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain('q=archmage');
    await page.getByRole('link', { name: 'Use preset: Archmage' }).click();
    await page.getByRole('dialog').getByRole('link', { name: /Cast/u }).click();
    const dialog = page.getByRole('dialog', { name: 'New avatar' });
    expect(await dialog.getByRole('radio', { name: 'Archmage' }).isChecked()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Avatars' }).getByText('Archmage').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('can be created, edited, deleted and restored by the user', async () => {
    const { page, complaints } = await web.visit();
    await page.goto('/presets/new?user=bob');
    await page.getByRole('button', { name: /Bob/u }).or(page.getByRole('dialog')).first().waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Tavern bard');
    await page.getByRole('combobox', { name: 'Category' }).fill('Fantasy');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('A bard with a lute');
    await page.getByRole('button', { name: 'Create preset' }).click();
    const yours = page.getByRole('region', { name: 'Yours' });
    await yours.getByRole('button', { name: 'More for Tavern bard' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Court bard');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await yours.getByRole('heading', { name: 'Court bard' }).waitFor();

    const remove = async () => {
      await yours.getByRole('button', { name: 'More for Court bard' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await yours.waitFor({ state: 'detached' });
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await yours.getByRole('heading', { name: 'Court bard' }).waitFor();
    await remove();
    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('navigation').getByRole('link', { name: 'Projects' }).click(); // leaving the page performs the deletion
    expect((await deleted).status()).toBe(204);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the account pages', () => {
  it('show a consistent statement, dashboard and notifications', async () => {
    const { page, complaints } = await web.visit();
    await openProject(page, 'alice', 'Figures');
    const projectPath = new URL(page.url()).pathname;
    // The user sees both end.
    const marked = () => page.waitForResponse((response) => response.url().endsWith('/read') && response.ok());
    const first = marked();
    await requestAvatar(page, 'Innkeeper');
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();
    await first;
    const second = marked();
    await requestAvatar(page, `A ${REFUSED_TEXT}`);
    await page.getByText('credits returned').first().waitFor();
    await second;

    await page.getByRole('link', { name: /credits$/u }).click();
    await page.getByRole('cell', { name: 'Returned', exact: true }).waitFor();
    expect(await statementCredits(page)).toEqual([0, -10, 100]);
    await page.getByRole('button', { name: 'Steps of Innkeeper' }).click();
    const steps = page.getByRole('list', { name: /^Steps of/u }).getByRole('listitem');
    await steps.nth(1).waitFor();
    expect(await steps.allInnerTexts()).toEqual([
      expect.stringMatching(/Charged\s+0\s+90 available/u),
      expect.stringMatching(/Reserved\s+\u221210\s+90 available/u),
    ]);

    await openPath(page, '/usage?days=7');
    const figures = page.getByLabel('Summary');
    await figures.getByText('50\u00A0%').waitFor();
    await page.getByRole('img', { name: 'Avatars generated. Total: Generated: 1, Failed: 1.' }).waitFor();
    await page.locator('svg .recharts-bar-rectangle').first().waitFor();

    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    const body = { sourceType: 'text_to_image', prompt: 'Lamplighter' };
    await callApi(page, `${projectPath}/generations`, body);
    await page.getByRole('link', { name: /Notifications, 1/u }).click();
    await page.getByRole('link', { name: /Innkeeper is ready/u }).click();
    await page.getByRole('heading', { name: 'Innkeeper' }).waitFor();
    await page.getByRole('link', { name: /Notifications, 1/u }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('create a webhook whose secret is shown once, export the data, and erase the account', async () => {
    const { page } = await web.visit({ acceptDownloads: true });
    await openProject(page, 'admin', 'Going');
    await openPath(page, '/settings');
    await page.getByRole('textbox', { name: 'Endpoint URL' }).fill('https://example.com/avatars');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/u);
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.reload();
    await page.getByText('https://example.com/avatars').waitFor();
    expect(await page.getByText('whsec_').count()).toBe(0);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    expect((await download).suggestedFilename()).toBe('avatar-studio-export.zip');

    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('textbox', { name: /to continue/u }).fill('erase me');
    await page.getByRole('dialog').getByRole('button', { name: 'Erase my account' }).click();
    await page.waitForURL(/sign-in/u);
    await page.context().close();
  });
});
