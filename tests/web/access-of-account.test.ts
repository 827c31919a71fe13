import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './faults.ts';
import { makeAvatar, openProject } from './make-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

/** Ten views, each looked at by axe for some seconds on a busy machine. */
const TOUR_LIMIT_MS = 180_000;
const SCREENS = [
  { theme: 'light', width: 1440, user: 'alice' },
  { theme: 'dark', width: 1440, user: 'bob' },
  { theme: 'light', width: 390, user: 'admin' },
] as const;

describe.each(SCREENS)('in the $theme theme at $width px', ({ theme, width, user }) => {
  it('presets and what is mine have no fault that axe finds', { timeout: TOUR_LIMIT_MS }, async () => {
    const { page } = await web.visit({ viewport: { width, height: 900 }, colorScheme: theme });
    const found: Record<string, string[]> = {};
    const look = async (view: string) => {
      found[view] = await faults(page);
    };
    await openProject(page, user, 'Tavern cast');
    await makeAvatar(page, 'Innkeeper');
    await page.getByRole('list', { name: 'Avatars' }).getByText('Innkeeper').waitFor();

    await page.goto('/presets');
    await page.getByRole('link', { name: 'Make with this: Archmage' }).click();
    await page.getByRole('dialog').getByText('Tavern cast').waitFor();
    await look('choosing a project for a preset');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await look('presets');
    await page.goto('/presets/new?category=yours');
    await page.getByRole('button', { name: 'Make the preset' }).click();
    await page.getByRole('alert').first().waitFor();
    await look('making a preset');
    await page.keyboard.press('Escape');
    await page.getByText('A preset of your own keeps a look to begin with.').waitFor();
    await look('no presets of my own');
    await page.goto('/credits');
    await page.getByText('Starter credits').waitFor();
    await look('credits');
    await page.goto('/usage');
    await page.locator('svg .recharts-bar-rectangle').first().waitFor();
    await page.getByText('The same as a table').nth(1).click();
    await look('usage, with a table open');
    await page.goto('/notifications');
    await page.getByText('Innkeeper is ready.').waitFor();
    await look('notifications');
    await page.goto('/settings');
    await page.getByRole('textbox', { name: 'Address' }).fill('https://example.com/avatars');
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await page.getByRole('textbox', { name: 'Secret' }).waitFor();
    await look('the secret of a webhook');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await look('settings');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('dialog').waitFor();
    await look('erasing');

    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
    expect(Object.keys(found)).toHaveLength(10);
    await page.context().close();
  });
});
