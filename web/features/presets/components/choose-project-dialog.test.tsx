import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { PRESET } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ChooseProjectDialog } from './choose-project-dialog.tsx';

afterEach(cleanup);

const list = (...ids: string[]) => ({
  data: ids.map((id) => ({ id, name: `Cast ${id}`, avatarCount: 1 })),
  meta: { hasMore: false, nextCursor: null, total: ids.length },
});

function open(answer: Answer) {
  return renderInStudio(<ChooseProjectDialog presetId={PRESET.id} onClose={() => {}} />, { answer });
}

it('leads from each project to the make dialog with the preset in it', async () => {
  open(({ path }) => ({ body: path.startsWith('/projects') ? list('a', 'b') : PRESET }));
  const link = await screen.findByRole('link', { name: /Cast b/u });
  expect(link.getAttribute('href')).toBe(`/projects/b/new?preset=${PRESET.id}`);
  expect(await screen.findByText('made with Executive')).toBeTruthy();
});

it('offers to make a project where there is none', async () => {
  open(({ path }) => ({ body: path.startsWith('/projects') ? list() : PRESET }));
  expect((await screen.findByRole('link', { name: 'New project' })).getAttribute('href')).toBe('/projects/new');
});

it('says that the projects could not be read, and reads again when asked', async () => {
  let away = true;
  const problem = { status: 500, body: { code: 'internal', title: 'Failed', detail: 'It failed.' } };
  const { user } = open(({ path }) => {
    if (!path.startsWith('/projects')) return { body: PRESET };
    return away ? problem : { body: list('a') };
  });
  await screen.findByRole('alert');
  away = false;
  await user.click(screen.getByRole('button', { name: /again/iu }));
  expect(await screen.findByRole('link', { name: /Cast a/u })).toBeTruthy();
});
