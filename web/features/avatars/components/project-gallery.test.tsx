import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, describe, expect, it } from 'vitest';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { Shortcuts } from '#web/app/shell/shortcuts.tsx';
import { ProjectGallery } from './project-gallery.tsx';

afterEach(cleanup);

const NAMES = ['Ada', 'Bram', 'Cleo', 'Dagny'];
const { generation } = anAvatar();
const AVATARS = NAMES.map((name) =>
  anAvatar({ id: `id-${name}`, name, generation: { ...generation, id: `generation-${name}` } }),
);
const pageOf = (data: readonly unknown[]) => ({
  data,
  meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true },
});
const OTHER = {
  id: 'other',
  name: 'Other project',
  description: '',
  avatarCount: 3,
  covers: [],
  createdAt: '',
  updatedAt: '',
};

/** Responds like the API: removed avatars are no longer listed, and a search for "nobody" finds nothing. */
function gallery({
  avatars = AVATARS,
  onCards = [],
  marksFail = false,
}: { avatars?: typeof AVATARS; onCards?: string[]; marksFail?: boolean } = {}) {
  let listed = avatars;
  const answer: Answer = ({ method, path, body }) => {
    if (method === 'PATCH') {
      if (marksFail)
        return {
          status: 503,
          body: { code: 'unavailable', status: 503, title: 'Unavailable', detail: 'Try again soon.' },
        };
      const { changes } = body as { changes?: { id: string }[] };
      const changeOf = ({ id }: { id: string }) =>
        changes ? changes.find((change) => change.id === id) : path.includes(id) ? (body as object) : undefined;
      listed = listed.map((avatar) => ({ ...avatar, ...changeOf(avatar) }));
      if (changes) return { body: { changed: changes.length } };
      return { body: listed.find(({ id }) => path.includes(id)) };
    }
    if (path.startsWith('/projects?')) return { body: pageOf([OTHER]) };
    if (method === 'POST') {
      const { action, ids } = body as { action: string; ids: string[] };
      listed = action === 'restore' ? avatars : listed.filter(({ id }) => !ids.includes(id));
      return { body: { action, count: ids.length, changed: ids.length } };
    }
    const one = listed.find(({ id }) => path === `/avatars/${id}`);
    if (one) return { body: one };
    const sought = new URL(path, 'http://api.test').searchParams.get('q') ?? '';
    return { body: pageOf(listed.filter(({ name }) => name.toLowerCase().includes(sought))) };
  };
  const view = renderInStudio(
    <>
      <ProjectGallery
        projectId={PROJECT_ID}
        count={4}
        about=""
        without={new Set(onCards)}
        strip={false}
        blank={<p>Nothing yet</p>}
        newProject={() => null}
      />
      <Toaster />
      <Shortcuts open={undefined} onOpen={() => {}} />
    </>,
    { answer },
  );
  return {
    ...view,
    posted: () => view.sent.filter(({ method }) => method === 'POST').map(({ body }) => body),
    marked: () => view.sent.filter(({ method }) => method === 'PATCH').map(({ path, body }) => [path, body]),
  };
}

const names = () =>
  within(screen.getByRole('list', { name: 'Avatars' }))
    .getAllByRole('link')
    .map((tile) => tile.title || tile.textContent);
const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });

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

  it('filters by style', async () => {
    const { user, sent } = gallery();
    await user.click(await screen.findByRole('combobox', { name: 'Style' }));
    await user.click(await screen.findByRole('option', { name: 'Noir' }));
    await waitFor(() => expect(sent.at(-1)?.path).toContain('style=noir'));
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

  it('sets the chosen attributes and leaves the others', async () => {
    const { user, marked } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await more(user, 'Attributes');
    const dialog = within(await screen.findByRole('dialog', { name: /^Attributes of 1\savatar$/u }));
    await user.click(dialog.getByRole('button', { name: /^Gender/u }));
    await user.click(await screen.findByRole('radio', { name: 'woman' }));
    await user.click(dialog.getByRole('button', { name: 'Set attributes' }));
    await screen.findByText(/^Set attributes of 1\savatar\.$/u);
    expect(marked()).toEqual([['/avatars', { changes: [{ id: 'id-Ada', attributes: { gender: 'woman' } }] }]]);
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
