import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/long-run.ts';
import { axeViolations } from './axe-violations.ts';
import { openProject, requestAvatar } from './generate-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

/** Three images and several axe runs, on a busy machine. */
const STORY_LIMIT_MS = 240_000;
const SCREENS = [
  { user: 'alice', screen: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } },
  { user: 'bob', screen: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
] as const;
/** The phone's own row of the story is that of a new user, and of its views that of axe. */
const TRIED = rowsOf('matrices', SCREENS, ({ user }) => user === 'alice');

describe.each(TRIED)('an avatar on a screen of $screen.viewport.width px', ({ user, screen }) => {
  it(
    'can be varied, edited, viewed in full size, deleted and restored, without axe violations',
    async () => {
      const { page, complaints } = await web.visit(screen);
      const found: Record<string, string[]> = {};
      const openView = async (view: string) => {
        found[view] = await axeViolations(page, Object.keys(found).length);
      };
      const gallery = page.getByRole('list', { name: 'Avatars' }).getByRole('link', { name: /tavern keeper/u });
      await openProject(page, user, 'Tavern cast');
      await requestAvatar(page, 'A tavern keeper with flour on her sleeves');
      await gallery.first().click();
      await page.getByText('No app has used it yet.').waitFor();
      await openView('the avatar');

      await page.getByRole('link', { name: 'Create variations', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'New avatar' });
      await dialog.getByRole('radio', { name: 'A tavern keeper' }).waitFor();
      await dialog.getByText('Falls back to', { exact: false }).waitFor();
      await openView('a new variation');
      await dialog.getByRole('button', { name: 'One more' }).click();
      await dialog.getByText('2 × 10 = 20').waitFor();
      await dialog.getByRole('button', { name: 'Generate 2 avatars' }).click();
      await expect.poll(() => gallery.count(), { timeout: 60_000 }).toBe(3);

      await gallery.last().click();
      await expect.poll(() => page.getByRole('list', { name: 'Variations' }).getByRole('link').count()).toBe(4); // all three and the place for more
      await page.getByRole('link', { name: 'Edit persona' }).click();
      await page.getByRole('textbox', { name: 'Age' }).fill('61');
      await openView('its persona');
      await page.getByRole('button', { name: 'Save persona' }).click();
      await page.getByRole('region', { name: 'Persona' }).getByText('61').waitFor();
      await page.getByRole('link', { name: 'Edit attributes' }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Eyes/u }).click();
      await page.getByRole('radio', { name: 'green' }).click();
      await page.getByRole('radio', { name: 'green' }).waitFor({ state: 'detached' });
      await openView('its attributes');
      await page.getByRole('button', { name: 'Save attributes' }).click();
      await page.getByRole('region', { name: 'Attributes' }).getByText('green').waitFor();

      await page.getByRole('link', { name: /larger$/u }).click();
      await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
      await openView('the full-size image');
      const address = page.url();
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => page.url()).not.toBe(address);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Next', exact: true }).waitFor({ state: 'detached' });

      await page.getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => gallery.count()).toBe(2);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => gallery.count()).toBe(3);
      expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    STORY_LIMIT_MS,
  );
});
