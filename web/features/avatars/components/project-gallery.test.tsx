import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, describe, expect, it } from 'vitest';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ProjectGallery } from './project-gallery.tsx';

afterEach(cleanup);

const NAMES = ['Ada', 'Bram', 'Cleo', 'Dagny'];
const { generation } = anAvatar();
const AVATARS = NAMES.map((name) =>
  anAvatar({ id: `id-${name}`, name, generation: { ...generation, id: `generation-${name}` } }),
);
const pageOf = (data: readonly unknown[]) => ({ data, meta: { nextCursor: null, hasMore: false, total: data.length } });
const OTHER = {
  id: 'other',
  name: 'Other cast',
  description: '',
  avatarCount: 3,
  covers: [],
  createdAt: '',
  updatedAt: '',
};

/** Answers as the API does: what was taken away is no longer listed, and a search for "nobody" finds nobody. */
function gallery({ avatars = AVATARS, onCards = [] }: { avatars?: typeof AVATARS; onCards?: string[] } = {}) {
  let there = avatars;
  const answer: Answer = ({ method, path, body }) => {
    if (path.startsWith('/projects?')) return { body: pageOf([OTHER]) };
    if (method === 'POST') {
      const { action, ids } = body as { action: string; ids: string[] };
      there = action === 'restore' ? avatars : there.filter(({ id }) => !ids.includes(id));
      return { body: { action, count: ids.length, changed: ids.length } };
    }
    return { body: pageOf(path.includes('q=nobody') ? [] : there) };
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
      />
      <Toaster />
    </>,
    { answer },
  );
  return { ...view, posted: () => view.sent.filter(({ method }) => method === 'POST').map(({ body }) => body) };
}

const names = () =>
  within(screen.getByRole('list', { name: 'Avatars' }))
    .getAllByRole('link')
    .map((tile) => tile.title || tile.textContent);
const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });

describe('the gallery of a project', () => {
  it('shows what it has, and how many', async () => {
    gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    expect(screen.getByText('4 avatars')).toBeTruthy();
  });

  it('leaves out what a card still shows, though the list has it already', async () => {
    gallery({ onCards: ['generation-Bram', 'generation-of-one-that-failed'] });
    await waitFor(() => expect(names()).toEqual(['Ada', 'Cleo', 'Dagny'].map((name) => expect.stringContaining(name))));
  });

  it('shows the blank state when there is nothing at all', async () => {
    gallery({ avatars: [] });
    expect(await screen.findByText('Nothing yet')).toBeTruthy();
  });

  it('asks the API for what is searched, and leads back when nothing fits', async () => {
    const { user, sent } = gallery();
    await user.type(await screen.findByRole('searchbox', { name: 'Search avatars' }), 'nobody');
    await screen.findByText('No avatar of this project fits.');
    expect(sent.at(-1)?.path).toContain('q=nobody');
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(names()).toHaveLength(4));
  });

  it('narrows by style', async () => {
    const { user, sent } = gallery();
    await user.click(await screen.findByRole('combobox', { name: 'Style' }));
    await user.click(await screen.findByRole('option', { name: 'Noir' }));
    await waitFor(() => expect(sent.at(-1)?.path).toContain('style=noir'));
  });
});

describe('selecting many', () => {
  it('takes a range with shift, throws it away, and gives it back', async () => {
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

  it('moves them into another project', async () => {
    const { user, posted } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Bram'));
    await user.click(screen.getByRole('button', { name: 'Move' }));
    await user.click(await screen.findByRole('button', { name: /Other cast/u }));
    await screen.findByText('Moved 1 avatar to “Other cast”.');
    expect(posted()).toEqual([{ action: 'move', ids: ['id-Bram'], projectId: 'other' }]);
  });

  it('works by keys: j walks, x selects, Escape ends it', async () => {
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

  it('opens nothing while a tap selects', async () => {
    const { user } = gallery();
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(box('Ada'));
    await user.click(screen.getByRole('link', { name: /Dagny/u }));
    expect(screen.getByText('2 selected')).toBeTruthy();
  });
});
