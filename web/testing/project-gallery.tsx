import { screen, within } from '@testing-library/react';
import { Toaster } from 'sonner';
import { anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from './render-in-studio.tsx';
import { Shortcuts } from '#web/app/shell/shortcuts.tsx';
import { ProjectGallery } from '#web/features/avatars/components/project-gallery.tsx';

const NAMES = ['Ada', 'Bram', 'Cleo', 'Dagny'];
export const { generation } = anAvatar();
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
export function gallery({
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

/** Of the listed avatars, in order. */
export const names = () =>
  within(screen.getByRole('list', { name: 'Avatars' }))
    .getAllByRole('link')
    .map((tile) => tile.title || tile.textContent);
export const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
