import { useState } from 'react';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { useLocation } from 'react-router';
import { afterEach, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { type Overlay, Shortcuts } from './shortcuts.tsx';

afterEach(cleanup);

function Here() {
  return <p data-testid="here">{useLocation().pathname}</p>;
}

function Everywhere() {
  const [overlay, setOverlay] = useState<Overlay>();
  return <Shortcuts open={overlay} onOpen={setOverlay} />;
}

function open(role: 'user' | 'admin') {
  const list = {
    data: [{ id: 'p1', name: 'Tavern cast', avatarCount: 1 }],
    meta: { hasMore: false, nextCursor: null },
  };
  const answer = ({ path }: { path: string }) => ({ body: path.startsWith('/me') ? { role } : list });
  const view = renderInStudio(
    <>
      <Here />
      <Everywhere />
    </>,
    { answer },
  );
  return { ...view, here: () => screen.getByTestId('here').textContent };
}

it('? shows the keys, and Escape puts them away', async () => {
  const { user } = open('user');
  await user.keyboard('?');
  const help = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(help).getByText('Select the avatar')).toBeTruthy();
  expect(within(help).queryByText('Admin')).toBeNull();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('mod+K goes anywhere by a little of its name, projects and what can be done there too', async () => {
  const { user, here } = open('user');
  await user.keyboard('{Control>}k{/Control}');
  const palette = await screen.findByRole('dialog', { name: 'Go anywhere' });
  await within(palette).findByText('New avatar in', { exact: false });
  await user.type(within(palette).getByRole('combobox'), 'set');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(here()).toBe('/settings'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('the palette says so when nothing is called that', async () => {
  const { user } = open('user');
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), 'zzzz');
  expect(await screen.findByText('No results.')).toBeTruthy();
});

it('g and a letter go to a place; the admin’s is for admins', async () => {
  const { user, here } = open('user');
  await user.keyboard('ga');
  expect(here()).toBe('/');
  await user.keyboard('gc');
  await waitFor(() => expect(here()).toBe('/credits'));
  cleanup();
  const admin = open('admin');
  await waitFor(() => expect(admin.queries.getQueryData(['me'])).toBeTruthy());
  await admin.user.keyboard('ga');
  await waitFor(() => expect(admin.here()).toBe('/admin'));
});
