import { useState } from 'react';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { useLocation } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { type Overlay, Shortcuts } from './shortcuts.tsx';

afterEach(cleanup);

function CurrentPath() {
  return <p data-testid="path">{useLocation().pathname}</p>;
}

function TestShortcuts() {
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
      <CurrentPath />
      <TestShortcuts />
    </>,
    { answer },
  );
  return { ...view, path: () => screen.getByTestId('path').textContent };
}

describe('Shortcuts', () => {
  it('open the shortcut list on ? and close it on Escape', async () => {
    const { user } = open('user');
    await user.keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(help).getByText('Select the avatar')).toBeTruthy();
    expect(within(help).queryByText('Admin')).toBeNull();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('open the command palette on mod+K, which finds pages, projects, and actions', async () => {
    const { user, path } = open('user');
    await user.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog', { name: 'Go anywhere' });
    await within(palette).findByText('New avatar in', { exact: false });
    await user.type(within(palette).getByRole('combobox'), 'set');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(path()).toBe('/settings'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say in the palette when nothing matches', async () => {
    const { user } = open('user');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox'), 'zzzz');
    expect(await screen.findByText('No results.')).toBeTruthy();
  });

  it('go to a page on g and a letter, to the admin page only for admins', async () => {
    const { user, path } = open('user');
    await user.keyboard('ga');
    expect(path()).toBe('/');
    await user.keyboard('gc');
    await waitFor(() => expect(path()).toBe('/credits'));
    cleanup();
    const admin = open('admin');
    await waitFor(() => expect(admin.queries.getQueryData(['me'])).toBeTruthy());
    await admin.user.keyboard('ga');
    await waitFor(() => expect(admin.path()).toBe('/admin'));
  });
});
