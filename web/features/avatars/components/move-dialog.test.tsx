import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CreateProjectDialog } from '#web/features/projects/components/create-project-dialog.tsx';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { MoveDialog } from './move-dialog.tsx';

afterEach(cleanup);

const onMove = vi.fn<(to: { id: string }) => void>();
const projects = (...names: string[]) => ({
  data: names.map((name) => ({ id: name.toLowerCase(), name, avatarCount: 3 })),
  meta: { hasMore: false, nextCursor: null, total: names.length, totalIsExact: true },
});

function open(answer: Answer) {
  return renderInStudio(
    <MoveDialog
      newProject={(handlers) => <CreateProjectDialog {...handlers} />}
      count={2}
      fromId="here"
      onMove={onMove}
      onClose={() => {}}
    />,
    { answer },
  );
}

describe('the move dialog', () => {
  it('offers every project but the current one and returns the chosen one', async () => {
    const { user } = open(() => ({ body: projects('Here', 'Tavern', 'Harbor') }));
    await user.click(await screen.findByRole('button', { name: /Harbor/u }));
    expect(screen.queryByRole('button', { name: /Here/u })).toBeNull();
    expect(onMove.mock.lastCall?.[0]).toMatchObject({ id: 'harbor' });
  });

  it('has a search box when there are many projects', async () => {
    const { user } = open(() => ({ body: projects(...'ABCDEFGHIJ'.split('').map((letter) => `Cast ${letter}`)) }));
    await user.type(await screen.findByRole('searchbox', { name: 'Search projects' }), 'cast j');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    await user.type(screen.getByRole('searchbox'), 'x');
    expect(screen.getByText('No projects match your search.')).toBeTruthy();
  });

  it('creates the project to move to, also when there is no other', async () => {
    const created = { id: 'new', name: 'Lighthouse', avatarCount: 0 };
    const { user } = open(({ method }) =>
      method === 'POST' ? { status: 201, body: created } : { body: projects('Here') },
    );
    expect(await screen.findByText('This is your only project.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New project' }));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Lighthouse');
    await user.click(screen.getByRole('button', { name: 'Create project' }));
    await waitFor(() => expect(onMove.mock.lastCall?.[0]).toMatchObject({ id: 'new' }));
  });
});
