import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { gallery, names } from '#web/testing/project-gallery.tsx';

afterEach(cleanup);

describe('marks in the gallery', () => {
  const heart = (name: string) => screen.getByRole('button', { name: new RegExp(`^Favorite .*${name}`, 'u') });
  const isFavorite = (name: string) => heart(name).getAttribute('aria-pressed');

  it('are set by f and digits on the focused tile, shown at once, and taken back the same way', async () => {
    const { user, marked } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.keyboard('jj');
    await user.keyboard('f');
    expect(isFavorite('Bram')).toBe('true');
    await user.keyboard('40f');
    await waitFor(() => expect(isFavorite('Bram')).toBe('false'));
    const path = '/avatars/id-Bram';
    await waitFor(() =>
      expect(marked()).toEqual([
        [path, { favorite: true }],
        [path, { rating: 4 }],
        [path, { rating: null }],
        [path, { favorite: false }],
      ]),
    );
  });

  it('are not shown any more when the API did not accept them, and a message says so', async () => {
    const { user } = gallery({ marksFail: true });
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(heart('Cleo'));
    expect(isFavorite('Cleo')).toBe('true');
    await screen.findByText('Try again soon.', undefined, { timeout: 4_000 });
    expect(isFavorite('Cleo')).toBe('false');
  });

  it('filter the gallery', async () => {
    const { user, sent } = gallery();
    await user.click(await screen.findByRole('combobox', { name: 'Rating' }));
    await user.click(await screen.findByRole('option', { name: 'Favorites' }));
    await waitFor(() => expect(sent.at(-1)?.path).toContain('favorite=true'));
    await user.click(screen.getByRole('combobox', { name: 'Rating' }));
    await user.click(await screen.findByRole('option', { name: /^3.stars or more$/u }));
    await waitFor(() => expect(sent.at(-1)?.path).toContain('minRating=3'));
    expect(sent.at(-1)?.path).not.toContain('favorite');
  });
});
