import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateAvatar, openProject, requestAvatar } from './generate-avatar.ts';
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
    // A dialog is visible some frames before its first field is focused; keys pressed in between are nobody's.
    const focusIn = async (control: Locator) => {
      await expect.poll(() => control.evaluate(holdsFocus)).toBe(true);
    };
    const typeInto = async (name: string, text: string) => {
      await focusIn(page.getByRole('textbox', { name }));
      await page.keyboard.type(text);
    };
    const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: /Alice/u }).waitFor();
    await tabTo('Alice');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await tabTo('New project');
    await page.keyboard.press('Enter');
    await typeInto('Name', 'Keys');
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
    await typeInto('Prompt', 'By hand');
    await tabTo('Hair');
    await page.keyboard.press('Enter');
    await focusIn(page.getByRole('radiogroup', { name: 'Hair' }));
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
    await typeInto('Name', 'Hanna');
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

describe('what is chosen or current', () => {
  it('is strong without moving its neighbors', async () => {
    const { page } = await web.visit();
    await page.goto('/?user=admin');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    const lefts = (items: string) =>
      page.locator(items).evaluateAll((all) => all.map((item) => item.getBoundingClientRect().left));
    const unmoved = async (items: string, choose: (name: string) => Promise<void>, names: readonly string[]) => {
      const before = await lefts(items);
      expect(before.length).toBeGreaterThan(1);
      for (const name of names) {
        await choose(name);
        expect([name, await lefts(items)]).toEqual([name, before]);
      }
    };
    const follow = async (name: string) => {
      const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
      await link.click();
      await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
    };
    await unmoved('header nav a', follow, ['Presets', 'Usage']);
    await page.goto('/admin');
    await page.getByRole('navigation', { name: 'Admin' }).waitFor();
    await unmoved('nav[aria-label=Admin] a', follow, ['Statistics', 'Audit log']);
    await page.goto('/usage');
    const check = async (name: string) => {
      await page.getByRole('radio', { name }).click();
      await page.getByRole('radio', { name, checked: true }).waitFor();
    };
    await page.getByRole('radiogroup', { name: 'Period' }).waitFor();
    await unmoved('[role=radiogroup] label', check, ['7 d', '90 d']);
    await page.context().close();
  });
});

/** The text fields with a font smaller than 16 px, which iOS zooms into. */
function fieldsThatZoom(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=file]), textarea, select')]
      .filter((field) => field.checkVisibility() && Number.parseFloat(getComputedStyle(field).fontSize) < 16)
      .map((field) => field.outerHTML.slice(0, 120)),
  );
}

/** Runs in the page. */
const holdsFocus = (element: Element) => element.contains(document.activeElement);

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
    expect(await fieldsThatZoom(page)).toEqual([]);
    await page.context().close();
  });

  it('has no field that a tablet or a phone held sideways would zoom into, and a title stays large', async () => {
    const { page } = await web.visit({ viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true });
    await openProject(page, 'bob', 'Sideways');
    expect(await fieldsThatZoom(page)).toEqual([]);
    await generateAvatar(page, 'A clerk');
    await page.getByRole('list', { name: 'Avatars' }).getByRole('link').tap();
    await page.getByRole('heading', { level: 1, name: 'A clerk' }).waitFor();
    const title = page.getByRole('heading', { level: 1 });
    const size = await title.evaluate((element) => getComputedStyle(element).fontSize);
    await page.getByRole('button', { name: 'Edit name' }).tap();
    expect(await title.getByRole('textbox').evaluate((field) => getComputedStyle(field).fontSize)).toBe(size);
    await page.goto('/usage?days=7');
    await page.getByLabel('First day').waitFor();
    expect(await fieldsThatZoom(page)).toEqual([]);
    await page.context().close();
  });

  it('opens an avatar’s menu when a finger stays on it, leaves it open when the finger is lifted, and closes it by a tap', async () => {
    const { page } = await web.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await openProject(page, 'bob', 'Hold');
    await requestAvatar(page, 'A baker');
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
