import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAvatar } from './make-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

const SCREENS = [
  { name: '1440', viewport: { width: 1440, height: 900 }, user: 'Alice' },
  { name: '390, by touch', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, user: 'Bob' },
] as const;

describe.each(SCREENS)('a new person on a screen of $name', ({ user, name: _name, ...screen }) => {
  it('signs in, makes a project and an avatar, sees it develop and paid for, and finds it again', async () => {
    const { page, complaints } = await web.visit(screen);
    await page.goto('/');
    await page.getByRole('button', { name: new RegExp(user, 'u') }).click();
    await page.getByText('A project keeps the avatars of one cast together.').waitFor();
    const balance = page.getByTestId('balance');
    const before = Number((await balance.innerText()).replaceAll(/\D/gu, ''));

    await page.getByRole('link', { name: 'Make a project' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Tavern cast');
    await page.getByRole('button', { name: 'Make the project' }).click();
    await page.getByText('Describe someone, and their picture develops here.').waitFor();

    await page.getByRole('link', { name: /^Make an avatar/u }).click();
    const dialog = page.getByRole('dialog', { name: 'Make an avatar' });
    await dialog.getByRole('textbox', { name: 'Prompt' }).fill('A tavern keeper');
    await dialog.getByRole('radio', { name: 'Anime' }).check();
    await dialog.getByRole('combobox', { name: 'Painted by' }).click();
    await page.getByRole('option', { name: /^Illustrator/u }).click();
    await dialog.getByRole('button', { name: 'Make avatar' }).click();

    const card = page.getByRole('article', { name: 'A tavern keeper' });
    await card.waitFor();
    await card.getByRole('img', { name: 'A tavern keeper' }).waitFor();
    await expect.poll(() => balance.innerText()).toContain(`${before - 10}`.replaceAll(/\B(?=(\d{3})+$)/gu, '\u202F'));
    await card.waitFor({ state: 'detached' });

    const tile = page.getByRole('list', { name: 'Avatars' }).getByRole('link', { name: /A tavern keeper/u });
    await tile.waitFor();
    await page.reload(); // still signed in
    await tile.click();
    const picture = page.getByRole('img', { name: 'A tavern keeper' });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1024);
    await page.getByText('Clean cel-shaded anime portrait').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('two tabs of one person', () => {
  it('show the same, at the same moment, by one stream, also when the one that holds it is closed', async () => {
    const { page: one } = await web.visit();
    await one.goto('/?user=alice');
    await one.getByRole('link', { name: /Tavern cast/u }).click();
    const two = await one.context().newPage();
    const streams: string[] = [];
    two.on('request', (request) => {
      if (request.url().endsWith('/events')) streams.push(request.url());
    });
    await two.goto('/?user=alice');
    await two.getByRole('link', { name: /Tavern cast/u }).click();
    await two.getByRole('heading', { name: 'Tavern cast' }).waitFor();
    await makeAvatar(one, 'A second guest');
    await two.getByRole('article', { name: 'A second guest' }).waitFor();
    await two.getByRole('list', { name: 'Avatars' }).getByText('A second guest').waitFor();
    expect(await two.getByTestId('balance').innerText()).toBe(await one.getByTestId('balance').innerText());
    expect(streams).toEqual([]);

    await one.close();
    await makeAvatar(two, 'A third guest');
    await two.getByRole('list', { name: 'Avatars' }).getByText('A third guest').waitFor();
    expect(streams).toHaveLength(1);
    await two.context().close();
  });
});
