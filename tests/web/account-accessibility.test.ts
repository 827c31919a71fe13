import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolationsAtBothWidths } from './axe-violations.ts';
import { generateAvatar, openProject } from './generate-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';
import { twoColors } from './two-colors.ts';

/** A dozen views, each checked by axe for some seconds on a busy machine. */
const TOUR_LIMIT_MS = 360_000;
const WIDE_SCREEN = { width: 1440, height: 900 };

let web: WebStudio;
beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('accessibility on a wide screen and on a phone', () => {
  it('axe finds no violation in presets and account views', { timeout: TOUR_LIMIT_MS }, async () => {
    const { page, complaints } = await web.visit({ viewport: WIDE_SCREEN });
    const found: Record<string, string[]> = {};
    const openView = async (view: string) => {
      found[view] = await axeViolationsAtBothWidths(page);
    };
    await openProject(page, 'admin', 'Tavern cast');
    await generateAvatar(page, 'Innkeeper');
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();

    await page.goto('/presets');
    await page.getByRole('link', { name: 'Use preset: Archmage' }).click();
    await page.getByRole('dialog').getByText('Tavern cast').waitFor();
    await openView('choosing a project for a preset');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openView('presets');
    await page.goto('/presets/new?category=yours');
    await page.getByRole('button', { name: 'Create preset' }).click();
    await page.getByRole('alert').first().waitFor();
    await openView('creating a preset');
    await page.keyboard.press('Escape');
    await page.getByText('Save a prompt and style as a preset to reuse it.').waitFor();
    await openView('no presets of my own');
    await page.goto('/credits');
    await page.getByText('Starter credits').waitFor();
    await openView('credits');
    await page.goto('/usage');
    await page.locator('svg .recharts-bar-rectangle').first().waitFor();
    await page.getByText('Show as table').nth(1).click();
    await openView('usage, with a table open');
    await page.goto('/notifications');
    await page.getByText('Innkeeper is ready.').waitFor();
    await openView('notifications');
    await page.goto('/settings');
    await page.getByRole('textbox', { name: 'Endpoint URL' }).fill('https://example.com/avatars');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await page.getByRole('textbox', { name: 'Secret' }).waitFor();
    await openView('the secret of a webhook');
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openView('settings');
    await page.getByRole('button', { name: 'Create API key' }).click();
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByText('Say what the key is for.').waitFor();
    await openView('creating an API key');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('dialog').waitFor();
    await openView('erasing');

    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
    expect(Object.keys(found)).toHaveLength(11);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('axe finds no violation in gallery tools, uploads and the trash', { timeout: TOUR_LIMIT_MS }, async () => {
    const { page } = await web.visit({ viewport: WIDE_SCREEN });
    const found: Record<string, string[]> = {};
    const openView = async (view: string) => {
      found[view] = await axeViolationsAtBothWidths(page);
    };
    await openProject(page, 'admin', 'Harbour cast');
    await generateAvatar(page, 'Innkeeper');
    const gallery = page.getByRole('list', { name: 'Avatars' });
    await gallery.getByText('Innkeeper').waitFor();
    await page.getByRole('combobox', { name: 'Style' }).click();
    await page.getByRole('option', { name: 'Anime' }).waitFor();
    await openView('a filter, open');
    await page.getByRole('option', { name: 'Anime' }).click();
    await page.getByText('No avatars match the filters.').waitFor();
    await openView('a filter without matches');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await gallery.getByRole('link').first().click();
    await page.getByText('1 selected').waitFor();
    await openView('one selected');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await openView('moving it');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByText('Moved 1 avatar to the trash.').waitFor();
    await page.goto(`${new URL(page.url()).pathname}/upload`);
    await page.getByLabel('Image file').waitFor({ state: 'attached' });
    await openView('an upload');
    await page.getByLabel('Image file').setInputFiles(await twoColors());
    await page.getByRole('slider').waitFor();
    await openView('cropping an image');
    await page.goto('/trash');
    await gallery.getByRole('button').first().click();
    await openView('the trash, with one selected');
    await page.getByRole('button', { name: 'Delete forever' }).click();
    await page.getByRole('dialog').waitFor();
    await openView('permanent deletion');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('The trash is empty.').waitFor();
    await page.getByText('Restored 1 avatar.').waitFor();
    await openView('an empty trash');

    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
    expect(Object.keys(found)).toHaveLength(9);
    await page.context().close();
  });
});
