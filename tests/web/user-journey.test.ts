import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credits } from '#contract/credits.ts';
import { rowsOf } from '../support/long-run.ts';
import { waitForAnimations } from './wait-for-animations.ts';
import { callApi } from './call-api.ts';
import { HELD_TEXT, openWebStudio, type WebStudio } from './open-web-studio.ts';
import { dominantColors, twoColors } from './two-colors.ts';
import { statementCredits } from './statement-credits.ts';

/** Eight avatars, one after the other, on a busy machine. */
const STORY_LIMIT_MS = 240_000;
const PRICE = { preset: 8, image: 10, upload: 2 } as const;

interface Screen {
  readonly title: string;
  /** A demo user who has it alone. */
  readonly user: 'Alice' | 'Bob';
  readonly screen: BrowserContextOptions;
}

const SCREENS: readonly Screen[] = [
  {
    title: '390, by touch',
    user: 'Bob',
    screen: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  },
  { title: '1440', user: 'Alice', screen: { viewport: { width: 1440, height: 900 } } },
];
/** By touch: most other stories have a mouse and a wide screen. */
const TRIED = rowsOf('matrices', SCREENS, ({ screen }) => screen.hasTouch === true);

let web: WebStudio;
beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe.each(TRIED)('a new user on a screen of $title', { timeout: STORY_LIMIT_MS }, ({ user, screen }) => {
  it('creates avatars in every way, edits and finds them, and has a consistent statement', async () => {
    web.hold();
    const { page, complaints } = await web.visit(screen);
    const touch = screen.hasTouch === true;
    const press = async (target: Locator) => {
      await waitForAnimations(page);
      await (touch ? target.tap() : target.click());
    };
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const tiles = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
    const cards = page.getByRole('region', { name: 'In progress' }).getByRole('article');
    const dialog = page.getByRole('dialog', { name: 'New avatar' });
    const toProject = () => press(page.getByRole('link', { name: 'Tavern cast' }));
    const available = async () => Number((await page.getByTestId('balance').innerText()).replaceAll(/\D/gu, ''));

    await page.goto('/');
    await press(button(new RegExp(user, 'u')));
    await page.getByText('A project groups avatars that belong together.').waitFor();
    const opening = await available();
    let spent = 0;
    const settled = async (count: number, more: number) => {
      spent += more;
      await expect.poll(() => tiles.count(), { timeout: 60_000 }).toBe(count);
      await expect.poll(available).toBe(opening - spent);
    };

    // A project, and its first avatar from a preset.
    await press(page.getByRole('link', { name: 'New project' }));
    await page.getByRole('textbox', { name: 'Name' }).fill('Tavern cast');
    await press(button('Create project'));
    await page.getByText('Describe someone to generate the first avatar.').waitFor();
    await press(page.getByRole('link', { name: /^New avatar/u }));
    await dialog.getByRole('radio', { name: 'Preset' }).check();
    await dialog.getByRole('radio', { name: 'Archmage' }).check();
    await press(dialog.getByRole('button', { name: 'Generate avatar' }));
    await dialog.waitFor({ state: 'detached' });
    await cards.filter({ hasText: 'Archmage' }).waitFor();
    spent += PRICE.preset;

    // Four at once: the cards show their positions; the last one in the queue is cancelled.
    await openNewAvatar(page, touch);
    await dialog.getByRole('radio', { name: 'Text' }).check();
    await dialog.getByRole('textbox', { name: 'Prompt' }).fill(`Tavern keeper, ${HELD_TEXT}`);
    for (let more = 1; more < 4; more += 1) await press(dialog.getByRole('button', { name: 'One more' }));
    await press(dialog.getByRole('button', { name: 'Generate 4 avatars' }));
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(available).toBe(opening - spent - 4 * PRICE.image);
    await tiles.getByText('Archmage').waitFor();
    const keepers = cards.filter({ hasText: 'Tavern keeper' });
    await expect.poll(() => keepers.count()).toBe(4);
    await keepers.filter({ hasText: 'Generating with' }).waitFor();
    for (const text of ['Next in queue', '2nd in queue']) await keepers.filter({ hasText: text }).waitFor();
    const last = keepers.filter({ hasText: '3rd in queue' });
    await press(last.getByRole('button', { name: /^Cancel/u }));
    await keepers.filter({ hasText: `${PRICE.image} credits returned` }).waitFor();
    web.release();
    await settled(4, 3 * PRICE.image);
    await press(button(/^Dismiss/u));
    await expect.poll(() => cards.count()).toBe(0);

    // A variation of one, and a restyling.
    const keeper = tiles.filter({ hasText: 'Tavern keeper' }).first();
    await press(keeper);
    await press(page.getByRole('link', { name: 'Create variations', exact: true }));
    await press(dialog.getByRole('button', { name: 'Generate avatar' }));
    await cards.first().waitFor();
    await press(keeper);
    await press(page.getByRole('link', { name: 'Restyle' }));
    await dialog.getByRole('radio', { name: 'Watercolor' }).check();
    await press(dialog.getByRole('button', { name: 'Generate avatar' }));
    await settled(6, 2 * PRICE.image);

    // An upload that is cropped to its right part.
    await openUpload(page, touch);
    await page.getByLabel('Image file').setInputFiles(await twoColors());
    const crop = page.getByLabel('Move the image with the arrow keys');
    await crop.focus();
    for (let presses = 0; presses < 60; presses += 1) await page.keyboard.press('ArrowLeft');
    await page.getByRole('textbox', { name: 'Name (optional)' }).fill('Innkeeper');
    await press(button('Upload for 2 credits'));
    await settled(7, PRICE.upload);
    await press(tiles.filter({ hasText: 'Innkeeper' }));
    const address = await page.getByRole('img', { name: 'Innkeeper' }).getAttribute('src');
    expect(await dominantColors(address ?? '')).toEqual(['blue']);

    // Its persona.
    await press(page.getByRole('link', { name: 'Edit persona' }));
    await page.getByRole('textbox', { name: 'Age' }).fill('61');
    await press(button('Save persona'));
    await page.getByRole('region', { name: 'Persona' }).getByText('61').waitFor();
    await toProject();

    // A filter, which is part of the URL.
    await press(page.getByRole('combobox', { name: 'Style' }));
    await press(page.getByRole('option', { name: 'Watercolor' }));
    await page.getByText('1 of 7 avatars').waitFor();
    await page.reload();
    await page.getByText('1 of 7 avatars').waitFor();
    await expect.poll(() => tiles.count()).toBe(1);

    // Deleted and restored: the gallery that it was opened from is still filtered.
    await press(tiles.first());
    await press(button('Delete'));
    await page.getByText('No avatars match the filters.').waitFor();
    await press(button('Undo'));
    await expect.poll(() => tiles.count()).toBe(1);
    await press(page.getByRole('combobox', { name: 'Style' }));
    await press(page.getByRole('option', { name: 'Any style' }));
    await settled(7, 0);

    // The statement: starter credits and one row a generation add up to the balance, on the page and in the ledger.
    await press(page.getByRole('link', { name: /credits$/u }));
    await page.getByText('Starter credits').waitFor();
    const moved = await statementCredits(page);
    expect(moved.at(-1)).toBe(opening);
    expect(moved.reduce((sum, amount) => sum + amount, 0)).toBe(opening - spent);
    expect(spent).toBe(PRICE.preset + 5 * PRICE.image + PRICE.upload);
    const ledger = await callApi<Credits>(page, '/credits');
    expect(ledger).toMatchObject({ available: opening - spent, held: 0, posted: opening - spent });
    expect(await web.studio.violations()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

async function openNewAvatar(page: Page, touch: boolean): Promise<void> {
  if (touch) await page.getByRole('navigation').getByRole('link', { name: 'New' }).tap();
  else await page.getByRole('link', { name: /^New avatar/u }).click();
}

/** Opens the upload dialog, which is in the project's menu on a phone. */
async function openUpload(page: Page, touch: boolean): Promise<void> {
  if (!touch) return page.getByRole('link', { name: 'Upload an image' }).click();
  await page.getByRole('button', { name: 'More for Tavern cast' }).tap();
  await page.getByRole('menuitem', { name: 'Upload an image' }).tap();
}
