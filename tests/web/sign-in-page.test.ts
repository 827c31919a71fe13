import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('the sign-in page', () => {
  it.each([320, 1440])('says what it is for, and at %i px nothing moves once the accounts are known', async (width) => {
    const { page, complaints } = await web.visit({ viewport: { width, height: 900 } });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/sign-in-options', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto('/sign-in');
    await page.getByRole('status', { name: 'Loading the sign-in options' }).waitFor();
    await page.evaluate(async () => void (await document.fonts.ready));
    const texts = page.locator('main :is(h1, h1 + p)');
    const positions = async () => Promise.all((await texts.all()).map((text) => text.boundingBox()));
    const before = await positions();
    expect(before).toHaveLength(2);
    release();
    await page.getByText('Choose any of these demo accounts to try the studio').waitFor();
    expect(await positions()).toEqual(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
