import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateAvatar, openProject } from './generate-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('the page by keyboard only', () => {
  it('allows signing in, creating a project and an avatar, editing its persona, deleting and restoring it', async () => {
    const { page, complaints } = await web.visit();
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement;
        if (!at?.matches('a, button, input, textarea')) return '';
        return at.getAttribute('aria-label') ?? at.textContent?.trim() ?? '';
      });
    const tabTo = async (text: string) => {
      for (let presses = 0; presses < 60 && !(await focused()).includes(text); presses += 1) {
        await page.keyboard.press('Tab');
      }
      expect(await focused()).toContain(text);
    };
    const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: /Alice/u }).waitFor();
    await tabTo('Alice');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await tabTo('New project');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).evaluate(isFocused)).toBe(true);
    await page.keyboard.type('Keys');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await closed();

    // Closing a dialog restores the focus.
    await tabTo('New avatar');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await closed();
    await expect.poll(focused).toContain('New avatar');

    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('By hand');
    await tabTo('Hair');
    await page.keyboard.press('Enter');
    await page.getByRole('radiogroup', { name: 'Hair' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Hair black' }).waitFor();
    await page.keyboard.press('Control+Enter');
    const avatar = page.getByRole('list', { name: 'Avatars' }).getByText('By hand');
    await avatar.waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'By hand' }).waitFor();
    await tabTo('Edit persona');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Age' }).waitFor();
    await page.keyboard.type('Hanna');
    await tabTo('Save persona');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Persona' }).getByText('Hanna').waitFor();
    await closed();
    await expect.poll(focused).toContain('Edit persona');

    await tabTo('Delete');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await avatar.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+t');
    await tabTo('Undo');
    await page.keyboard.press('Enter');
    await avatar.waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('link', { name: /Keys/u }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Runs in the page. */
const isFocused = (element: Element) => element === document.activeElement;

describe('the page on a touch screen', () => {
  it('has controls of at least 44 × 44 px', async () => {
    const { page } = await web.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await openProject(page, 'bob', 'Touch');
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('a, button, [role=button], [role=combobox], input')]
          .filter((element) => element.checkVisibility() && !element.closest('[aria-hidden=true]'))
          .filter((element) => !element.matches('.sr-only, [data-base-ui-focus-guard]'))
          .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 120) }))
          .filter(({ box }) => box.width > 1 && (box.height < 44 || box.width < 44))
          .map(({ box, html }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
      );
    expect(await small()).toEqual([]);
    await page.getByRole('navigation').getByRole('link', { name: 'New' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await small()).toEqual([]);
    await page.context().close();
  });

  it('opens an avatar’s menu when a finger stays on it, leaves it open when the finger is lifted, and closes it by a tap', async () => {
    const { page } = await web.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await openProject(page, 'bob', 'Hold');
    await generateAvatar(page, 'A baker');
    const tile = page.getByRole('list', { name: 'Avatars' }).getByRole('link');
    const { x, y } = (await tile.boundingBox())!;
    const touch = await page.context().newCDPSession(page);
    const menu = page.getByRole('menu');
    const address = page.url();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 40, y: y + 40 }] });
    await menu.waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForTimeout(500);
    expect([await menu.count(), page.url()]).toEqual([1, address]);
    await page.touchscreen.tap(20, 700);
    await menu.waitFor({ state: 'detached' });
    await page.context().close();
  });
});
