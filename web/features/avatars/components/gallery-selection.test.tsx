import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { anAvatar } from '#contract/testing/samples.ts';
import { box, gallery, generation, names } from '#web/testing/project-gallery.tsx';

afterEach(cleanup);

describe('changing many avatars in the gallery', () => {
  const more = async (user: ReturnType<typeof gallery>['user'], name: string) => {
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name }));
  };

  it('renames and numbers them, and Undo gives each its own name again', async () => {
    const { user, marked } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Bram'));
    await user.click(box('Cleo'));
    await more(user, 'Rename');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Guard');
    expect(screen.getByText('They become Guard, Guard 2.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Rename 2\u00A0avatars' }));
    await waitFor(() => expect(names().join()).toMatch(/Ada.*Guard.*Guard 2.*Dagny/u));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(names().join()).toMatch(/Ada.*Bram.*Cleo.*Dagny/u));
    expect(marked().at(-1)).toEqual([
      '/avatars',
      {
        changes: [
          { id: 'id-Bram', name: 'Bram' },
          { id: 'id-Cleo', name: 'Cleo' },
        ],
      },
    ]);
  });

  it('sets or clears the chosen attributes and leaves the others', async () => {
    const { user, marked } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await more(user, 'Attributes');
    const dialog = within(await screen.findByRole('dialog', { name: /^Attributes of 1\savatar$/u }));
    const choose = async (attribute: string, value: string) => {
      await user.click(dialog.getByRole('button', { name: `${attribute} Unchanged` }));
      await user.click(await screen.findByRole('radio', { name: value }));
    };
    await choose('Gender', 'woman');
    await choose('Hair', 'Any');
    await user.click(dialog.getByRole('button', { name: 'Change attributes' }));
    await screen.findByText(/^Changed attributes of 1\savatar\.$/u);
    const attributes = { gender: 'woman', hairColor: null };
    expect(marked()).toEqual([['/avatars', { changes: [{ id: 'id-Ada', attributes }] }]]);
  });

  it('marks what a search found as favorites, and nothing else', async () => {
    const { user, marked } = gallery();
    await user.type(await screen.findByRole('searchbox', { name: 'Search avatars' }), 'cleo');
    await waitFor(() => expect(names()).toHaveLength(1));
    await user.click(document.body);
    await user.keyboard('{Control>}a{/Control}');
    expect(screen.getByText('1 selected')).toBeTruthy();
    await more(user, 'Mark as favorites');
    await screen.findByText(/^Marked 1\savatar as favorite\.$/u);
    expect(marked()).toEqual([['/avatars', { changes: [{ id: 'id-Cleo', favorite: true }] }]]);
  });

  it('trashes by Delete only what a search found', async () => {
    const { user, posted } = gallery();
    await user.type(await screen.findByRole('searchbox', { name: 'Search avatars' }), 'cleo');
    await waitFor(() => expect(names()).toHaveLength(1));
    await user.keyboard('{Control>}a{/Control}');
    expect(screen.queryByText('1 selected')).toBeNull();
    await user.click(document.body);
    await user.keyboard('{Control>}a{/Control}{Delete}');
    await waitFor(() => expect(posted()).toEqual([{ action: 'trash', ids: ['id-Cleo'] }]));
  });
});

describe('comparing in the gallery', () => {
  const ids = ['1', '2', '3', '4', '5'].map((last) => `44444444-4444-4444-8444-44444444444${last}`);
  const avatars = ids.map((id, index) =>
    anAvatar({ id, name: `Avatar ${index}`, generation: { ...generation, seed: index } }),
  );

  it('shows two selected avatars side by side, by button or key, and is not offered for one or five', async () => {
    const { user } = gallery({ avatars });
    await waitFor(() => expect(names()).toHaveLength(5));
    const offered = async () => {
      await user.click(await screen.findByRole('button', { name: 'More actions' }));
      return screen.findByRole('menuitem', { name: 'Compare' });
    };
    await user.keyboard('jxc');
    expect((await offered()).getAttribute('aria-disabled')).toBe('true');
    await user.click(document.body);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await user.keyboard('jjx');
    await user.click(await offered());
    const dialog = await screen.findByRole('dialog', { name: 'Compare' });
    await waitFor(() => expect(within(dialog).getAllByRole('article')).toHaveLength(2));
    expect(dialog.textContent).toContain('Seed · differs');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('c');
    expect(await screen.findByRole('dialog', { name: 'Compare' })).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Control>}a{/Control}');
    expect((await offered()).getAttribute('aria-disabled')).toBe('true');
  });
});
