import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { box, gallery, names } from '#web/testing/project-gallery.tsx';

afterEach(cleanup);

describe('the project gallery', () => {
  it('shows its avatars and their count', async () => {
    gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    expect(screen.getByText('4 avatars')).toBeTruthy();
  });

  it('hides an avatar while the card of its generation is still shown', async () => {
    gallery({ onCards: ['generation-Bram', 'generation-of-one-that-failed'] });
    await waitFor(() => expect(names()).toEqual(['Ada', 'Cleo', 'Dagny'].map((name) => expect.stringContaining(name))));
  });

  it('shows the blank state when the project is empty', async () => {
    gallery({ avatars: [] });
    expect(await screen.findByText('Nothing yet')).toBeTruthy();
  });

  it('sends the search to the API and offers a way back when nothing matches', async () => {
    const { user, sent } = gallery();
    await user.type(await screen.findByRole('searchbox', { name: 'Search avatars' }), 'nobody');
    await screen.findByText('No avatars match the filters.');
    expect(sent.at(-1)?.path).toContain('q=nobody');
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(names()).toHaveLength(4));
  });

  it('filters by style, also for the page of an avatar that is opened', async () => {
    const { user, sent } = gallery();
    await user.click(await screen.findByRole('combobox', { name: 'Style' }));
    await user.click(await screen.findByRole('option', { name: 'Noir' }));
    await waitFor(() => expect(sent.at(-1)?.path).toContain('style=noir'));
    const tile = screen.getByRole('link', { name: /Ada/u });
    expect(tile.getAttribute('href')).toMatch(/\/avatars\/id-Ada\?style=noir$/u);
  });
});

describe('selecting avatars in the gallery', () => {
  it('selects a range with shift, trashes it, and undoes that', async () => {
    const { user, posted } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await user.keyboard('{Shift>}');
    await user.click(box('Cleo'));
    await user.keyboard('{/Shift}');
    expect(screen.getByText('3 selected')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Move to trash' }));
    await screen.findByText('Moved 3 avatars to the trash.');
    await waitFor(() => expect(names()).toHaveLength(1));
    expect(screen.queryByRole('region', { name: 'Selected' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(names()).toHaveLength(4));
    const ids = ['id-Ada', 'id-Bram', 'id-Cleo'];
    expect(posted()).toEqual([
      { action: 'trash', ids },
      { action: 'restore', ids },
    ]);
  });

  it('moves the selection to another project', async () => {
    const { user, posted } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Bram'));
    await user.click(screen.getByRole('button', { name: 'Move' }));
    await user.click(await screen.findByRole('button', { name: /Other project/u }));
    await screen.findByText('Moved 1 avatar to “Other project”.');
    expect(posted()).toEqual([{ action: 'move', ids: ['id-Bram'], projectId: 'other' }]);
  });

  it('works by keyboard: j moves, x selects, Escape ends the selection', async () => {
    const { user } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.keyboard('jjx');
    expect(box('Bram').getAttribute('aria-checked')).toBe('true');
    expect(document.activeElement?.textContent).toContain('Bram');
    await user.keyboard('jX');
    expect(screen.getByText('2 selected')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('2 selected')).toBeNull();
  });

  it('selects all with Ctrl+A, trashes with Delete, and restores with Ctrl+Z', async () => {
    const { user, posted } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.keyboard('{Delete}');
    await user.keyboard('{Control>}a{/Control}');
    expect(screen.getByText('4 selected')).toBeTruthy();
    await user.keyboard('{Delete}');
    await screen.findByText('Moved 4 avatars to the trash.');
    await user.keyboard('{Control>}z{/Control}{Control>}z{/Control}');
    await waitFor(() => expect(posted()).toMatchObject([{ action: 'trash' }, { action: 'restore' }]));
    await waitFor(() => expect(names()).toHaveLength(4));
  });

  it('leaves Ctrl+A and Delete to a text field', async () => {
    const { user, posted } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await user.click(await screen.findByRole('searchbox', { name: 'Search avatars' }));
    await user.keyboard('{Control>}a{/Control}{Delete}');
    expect(screen.getByText('1 selected')).toBeTruthy();
    expect(posted()).toEqual([]);
  });

  it('toggles instead of opening while avatars are selected', async () => {
    const { user } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await user.click(screen.getByRole('link', { name: /Dagny/u }));
    expect(screen.getByText('2 selected')).toBeTruthy();
  });
});

it('the grid is compact when that is chosen, also the next time', async () => {
  const { user } = gallery();
  await user.click(await screen.findByRole('button', { name: 'Compact grid' }));
  expect([document.documentElement.dataset['density'], localStorage.getItem('density')]).toEqual([
    'compact',
    'compact',
  ]);
  await user.click(screen.getByRole('button', { name: 'Compact grid', pressed: true }));
  expect([document.documentElement.dataset['density'], localStorage.getItem('density')]).toEqual([undefined, null]);
});
