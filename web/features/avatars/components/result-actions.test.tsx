import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aGeneration, anAvatar } from '#contract/testing/samples.ts';
import { renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { GenerationCard } from '#web/features/generations/components/generation-card.tsx';
import { ResultActions } from './result-actions.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const avatar = anAvatar();
const COMPLETED = aGeneration({ status: 'completed', avatar, version: 9 });
const card = (generation: ReturnType<typeof aGeneration>) => (
  <>
    <GenerationCard
      generation={generation}
      mayRaise={false}
      cancelling={false}
      retrying={false}
      editHref={null}
      onCancel={() => {}}
      onMove={() => {}}
      onRetry={() => {}}
      onDismiss={() => {}}
      resultActions={(result) => <ResultActions avatar={result} />}
    />
    <Toaster />
  </>
);

function show(generation = COMPLETED, image: { status?: number; body: unknown } = { body: {} }) {
  const answer = ({ method, path, body }: Sent) => {
    if (path.includes('/image')) return image;
    return { body: method === 'PATCH' ? { ...avatar, ...(body as object) } : { providers: undefined, role: 'user' } };
  };
  return renderInStudio(card(generation), { answer });
}

const openMenu = async (user: ReturnType<typeof show>['user']) => {
  await user.click(screen.getByRole('button', { name: /^Actions for/u }));
  return screen.findByRole('menu', { name: /^Actions for/u });
};

describe('the card of a finished avatar', () => {
  it('opens the image, and has the actions of the avatar', async () => {
    const { user } = show();
    const path = `/projects/${avatar.projectId}/avatars/${avatar.id}`;
    expect(screen.getByRole('link', { name: /^Open/u }).getAttribute('href')).toBe(path);
    const menu = await openMenu(user);
    const names = within(menu)
      .getAllByRole('menuitem')
      .map(({ textContent }) => textContent?.trim());
    expect(names).toEqual(
      expect.arrayContaining([
        'Open',
        'Mark as favorite',
        'Create variations',
        'Restyle',
        'Download',
        'Copy prompt',
        'Copy seed',
      ]),
    );
  });

  it('marks the avatar as favorite, in the menu too', async () => {
    const { user, sent } = show();
    await user.click(screen.getByRole('button', { name: /^Favorite/u }));
    const menu = await openMenu(user);
    expect(within(menu).getByRole('menuitem', { name: 'Remove from favorites' })).toBeTruthy();
    await waitFor(() => expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({ favorite: true }));
  });

  it('does not mount its frame or image again when the generation completes, nor afterwards', () => {
    const { container, rerender } = show(aGeneration({ status: 'processing', stage: 'recording' }));
    const frame = container.querySelector('.aspect-square');
    rerender(card(COMPLETED));
    expect(container.querySelector('.aspect-square')).toBe(frame);
    const image = screen.getByRole('img', { name: avatar.name });
    rerender(card({ ...COMPLETED, version: 10, avatar: { ...avatar, name: 'Renamed' } }));
    expect(screen.getByRole('img', { name: 'Renamed' })).toBe(image);
  });
});

describe('the download menu', () => {
  const choose = async (user: ReturnType<typeof show>['user'], name: RegExp) => {
    const menu = await openMenu(user);
    await user.click(within(menu).getByRole('menuitem', { name: 'Download' }));
    fireEvent.click(await screen.findByRole('menuitemradio', { name }));
  };

  it('downloads the chosen format, size and shape, and remembers the choice', async () => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => {} }));
    const { user, sent } = show();
    await choose(user, /^Circle 512/u);
    await waitFor(() => expect(sent.some(({ path }) => path.includes('/image'))).toBe(true));
    const query = new URLSearchParams(sent.find(({ path }) => path.includes('/image'))?.path.split('?')[1]);
    expect(Object.fromEntries(query)).toMatchObject({ format: 'png', size: '512', shape: 'circle' });
    await waitFor(() => expect(localStorage.getItem('download')).toBe('png 512 circle'));
  });

  it.each([
    [404, 'not_found', 'This image no longer exists, so it can’t be downloaded.'],
    [429, 'rate_limited', 'Too many downloads. Try again in a minute.'],
  ])('says in a sentence why it was refused with %s, and does not remember the choice', async (status, code, text) => {
    const { user } = show(COMPLETED, {
      status,
      body: { status, code, title: 'No', detail: 'Too many downloads. Try again in a minute.' },
    });
    await choose(user, /^Discord/u);
    await screen.findByText(text);
    expect(localStorage.getItem('download')).toBeNull();
  });
});
