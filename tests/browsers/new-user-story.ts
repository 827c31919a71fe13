import { expect } from 'vitest';
import { HELD_TEXT, type WebStudio } from '../web/open-web-studio.ts';
import { dominantColors } from '../web/two-colors.ts';
import { ARROW_LEFT, type BrowserPage, type Target } from './browser-page.ts';

/** What the story needs besides a browser. */
interface StorySetting {
  readonly web: WebStudio;
  /** Where the page is. */
  readonly url: string;
  /** The demo user, by name. */
  readonly user: RegExp;
  /** Whether the screen is a phone's, whose menus hold what a wide one shows. */
  readonly isNarrow: boolean;
  /** An image on disk, to upload. */
  readonly file: string;
}

/** A part of the story. It ends with seeing its result. */
type StoryStep = (page: BrowserPage, setting: StorySetting) => Promise<void>;

const button = (name: string | RegExp, within?: Target): Target => element('button', name, within);
const link = (name: string | RegExp, within?: Target): Target => element('link', name, within);
const text = (content: string | RegExp, within?: Target): Target => ({ text: content, ...(within && { within }) });
const element = (role: string, name?: string | RegExp, within?: Target): Target => ({
  role,
  ...(name !== undefined && { name }),
  ...(within && { within }),
});

const PROJECT = 'Tavern cast';
const PROMPT = `A keeper, ${HELD_TEXT}`;
const KEEPER = /^A keeper/u;
const dialog = element('dialog', 'New avatar');
const gallery = element('list', 'Avatars');
const tiles = element('link', undefined, gallery);
const cards = element('article', undefined, element('region', 'In progress'));
const crop: Target = { label: 'Move the image with the arrow keys' };
const rating = element('combobox', 'Rating');

/** Waits for its page, because tiles have some of its buttons, too. */
async function openInnkeeper(page: BrowserPage): Promise<void> {
  await page.press(link(/Innkeeper/u, gallery));
  await page.see(element('heading', 'Innkeeper'));
}

/** Everything a new user does, in order. Each part continues where the one before ended. */
export const NEW_USER_STORY: Readonly<Record<string, StoryStep>> = {
  async 'signs in'(page, { url, user }) {
    await page.goto(url);
    await page.press(button(user));
    await page.see(text('A project groups avatars that belong together.'));
  },
  async 'creates a project'(page) {
    await page.press(link('New project'));
    await page.fill(element('textbox', 'Name'), PROJECT);
    await page.press(button('Create project'));
    await page.see(text('Describe someone to generate the first avatar.'));
  },
  async 'generates an avatar, which arrives by itself'(page, { web }) {
    web.hold();
    await page.press(link(/^New avatar/u));
    await page.press(element('radio', 'Text', dialog));
    await page.fill(element('textbox', 'Prompt', dialog), PROMPT);
    await page.press(button('Generate avatar', dialog));
    await page.miss(dialog);
    await page.see({ ...cards, containing: 'Generating with' });
    web.release();
    await page.count(tiles, 1);
    await page.count(cards, 0);
  },
  async 'opens it and sees its image'(page) {
    await page.press(link(KEEPER, gallery));
    await page.see(element('heading', KEEPER));
    await page.see(element('img', KEEPER));
    await page.waitFor(
      'the image is decoded',
      `return [...document.images].some(({ alt, naturalWidth }) => /keeper/.test(alt) && naturalWidth > 0)`,
    );
  },
  async 'edits persona and attributes'(page) {
    await page.press(link('Edit persona'));
    await page.fill(element('textbox', 'Age'), '61');
    await page.press(button('Save persona'));
    await page.see(text('61', element('region', 'Persona')));
    await page.press(link('Edit attributes'));
    await page.press(button(/^Eyes/u, element('dialog')));
    await page.press(element('radio', 'green'));
    await page.press(button('Save attributes'));
    await page.see(text('green', element('region', 'Attributes')));
  },
  async 'creates a variation'(page) {
    await page.press(link('Create variations'));
    await page.press(button('Generate avatar', dialog));
    await page.miss(dialog);
    await page.count(tiles, 2);
  },
  async 'uploads a file, cropped by keyboard'(page, { file, isNarrow }) {
    if (isNarrow) {
      await page.press(button(`More for ${PROJECT}`));
      await page.press(element('menuitem', 'Upload an image'));
    } else {
      await page.press(link('Upload an image'));
    }
    await page.choose({ label: 'Image file' }, file);
    await page.strike(crop, ARROW_LEFT, 20);
    await page.fill(element('textbox', 'Name (optional)'), 'Innkeeper');
    await page.press(button(/^Upload for 2\scredits$/u));
    await page.count(tiles, 3);
    const address = await page.evaluate<string>(
      `return [...document.querySelectorAll('a img')].find(({ src }) => src.startsWith('http')).src`,
    );
    expect(await dominantColors(address)).toEqual(['blue']);
  },
  async 'marks a favorite and filters by it'(page) {
    await openInnkeeper(page);
    await page.press(button(/^Favorite/u));
    await page.see({ ...button(/^Favorite/u), pressed: true });
    await page.press(link(PROJECT));
    await page.press(rating);
    await page.press(element('option', 'Favorites'));
    await page.see(text(/^1 of 3\savatars$/u));
    await page.reload();
    await page.see(text(/^1 of 3\savatars$/u));
    await page.count(tiles, 1);
    await page.press(rating);
    await page.press(element('option', 'Any rating'));
    await page.count(tiles, 3);
  },
  async 'finds one by its name'(page) {
    const search = element('searchbox', 'Search avatars');
    await page.fill(search, 'innkeeper');
    await page.count(tiles, 1);
    await page.press(button('Clear the search'));
    await page.count(tiles, 3);
  },
  async 'moves one to the trash and restores it'(page, { url }) {
    await openInnkeeper(page);
    await page.press(button('Delete'));
    await page.count(tiles, 2);
    await page.goto(`${url}/trash`);
    await page.press(button(/^Restore .*Innkeeper/u));
    await page.see(text('The trash is empty.'));
    await page.press(link('Show my projects'));
    await page.press(link(new RegExp(PROJECT, 'u')));
    await page.count(tiles, 3);
  },
  async 'deletes one forever'(page, { url }) {
    await openInnkeeper(page);
    await page.press(button('Delete'));
    await page.count(tiles, 2);
    await page.goto(`${url}/trash`);
    await page.press(button('Select all'));
    await page.press(button('Delete forever'));
    await page.press(button('Delete forever', element('dialog')));
    await page.see(text('The trash is empty.'));
  },
  async 'reads the statement'(page, { url }) {
    await page.goto(`${url}/credits`);
    await page.see(text('Starter credits'));
  },
  async 'signs out'(page, { user }) {
    await page.press(button(/^Account/u));
    await page.press(element('menuitem', 'Sign out'));
    await page.see(button(user));
  },
};
