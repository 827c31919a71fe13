import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateAvatar, openProject } from './generate-avatar.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

let web: WebStudio;

beforeAll(async () => {
  web = await openWebStudio();
});
afterAll(() => web.close());

describe('two tabs of one user', () => {
  it('show the same state through one event stream, also after the tab with the stream is closed', async () => {
    const { page: first } = await web.visit();
    await openProject(first, 'alice', 'Night watch');
    const second = await first.context().newPage();
    const streams: string[] = [];
    second.on('request', (request) => {
      if (request.url().endsWith('/events')) streams.push(request.url());
    });
    await second.goto('/?user=alice');
    await second.getByRole('link', { name: /Night watch/u }).click();
    await second.getByRole('heading', { name: 'Night watch' }).waitFor();
    await generateAvatar(first, 'A second guest');
    await second.getByRole('article', { name: 'A second guest' }).waitFor();
    await second.getByRole('list', { name: 'Avatars' }).getByText('A second guest').waitFor();
    const balances = () => Promise.all([first, second].map((tab) => tab.getByTestId('balance').innerText()));
    await expect.poll(async () => new Set(await balances()).size).toBe(1);
    expect(streams).toEqual([]);

    await first.close();
    await generateAvatar(second, 'A third guest');
    await second.getByRole('list', { name: 'Avatars' }).getByText('A third guest').waitFor();
    expect(streams).toHaveLength(1);
    await second.context().close();
  });
});
