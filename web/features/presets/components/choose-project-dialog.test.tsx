import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { PRESET } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ChooseProjectDialog } from './choose-project-dialog.tsx';

afterEach(cleanup);

const list = (...ids: string[]) => ({
  data: ids.map((id) => ({ id, name: `Cast ${id}`, avatarCount: 1 })),
  meta: { hasMore: false, nextCursor: null, total: ids.length, totalIsExact: true },
});

function open(answer: Answer) {
  return renderInStudio(<ChooseProjectDialog presetId={PRESET.id} onClose={() => {}} />, { answer });
}

describe('ChooseProjectDialog', () => {
  it('links each project to its create dialog with the preset selected', async () => {
    open(({ path }) => ({ body: path.startsWith('/projects') ? list('a', 'b') : PRESET }));
    const link = await screen.findByRole('link', { name: /Cast b/u });
    expect(link.getAttribute('href')).toBe(`/projects/b/new?preset=${PRESET.id}`);
    expect(await screen.findByText('for Executive')).toBeTruthy();
  });

  it('offers to create a project when there is none', async () => {
    open(({ path }) => ({ body: path.startsWith('/projects') ? list() : PRESET }));
    expect((await screen.findByRole('link', { name: 'New project' })).getAttribute('href')).toBe('/projects/new');
  });

  it('shows that the projects failed to load, and retries on request', async () => {
    let failing = true;
    const problem = { status: 500, body: { code: 'internal', title: 'Failed', detail: 'It failed.' } };
    const { user } = open(({ path }) => {
      if (!path.startsWith('/projects')) return { body: PRESET };
      return failing ? problem : { body: list('a') };
    });
    await screen.findByRole('alert');
    failing = false;
    await user.click(screen.getByRole('button', { name: /again/iu }));
    expect(await screen.findByRole('link', { name: /Cast a/u })).toBeTruthy();
  });
});
