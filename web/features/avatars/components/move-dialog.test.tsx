import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { type Answer, renderInStudio } from '#web/testing/render-in-studio.tsx';
import { MoveDialog } from './move-dialog.tsx';

afterEach(cleanup);

const onMove = vi.fn<(to: { id: string }) => void>();
const projects = (...names: string[]) => ({
  data: names.map((name) => ({ id: name.toLowerCase(), name, avatarCount: 3 })),
  meta: { hasMore: false, nextCursor: null, total: names.length },
});

function open(answer: Answer) {
  return renderInStudio(<MoveDialog count={2} fromId="here" onMove={onMove} onClose={() => {}} />, { answer });
}

it('offers every project but the one they are in, and hands over the one that is chosen', async () => {
  const { user } = open(() => ({ body: projects('Here', 'Tavern', 'Harbour') }));
  await user.click(await screen.findByRole('button', { name: /Harbour/u }));
  expect(screen.queryByRole('button', { name: /Here/u })).toBeNull();
  expect(onMove.mock.lastCall?.[0]).toMatchObject({ id: 'harbour' });
});

it('can be searched when there are many', async () => {
  const { user } = open(() => ({ body: projects(...'ABCDEFGHIJ'.split('').map((letter) => `Cast ${letter}`)) }));
  await user.type(await screen.findByRole('searchbox', { name: 'Search projects' }), 'cast j');
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  await user.type(screen.getByRole('searchbox'), 'x');
  expect(screen.getByText('No project is called that.')).toBeTruthy();
});

it('says what to do where there is no other project', async () => {
  open(() => ({ body: projects('Here') }));
  expect(await screen.findByText('This is your only project: make another one first.')).toBeTruthy();
});
